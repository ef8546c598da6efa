package dev.callbus.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRulesTest {
    private final FrameRules rules = new FrameRules(Set.of("en-US", "de-DE"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'text','token':'Hello'}",
                "{'type':'text','token':'','last':true}",
                "{'type':'text','token':' ','last':false,'lang':'de-DE','interruptible':false,'preemptible':true}",
                "{'type':'play','source':'https://a.example/a.mp3'}",
                "{'type':'play','source':'http://a.example/a.mp3','loop':0,'interruptible':true,'preemptible':false}",
                "{'type':'sendDigits','digits':'0123456789w#*'}",
                "{'type':'language','ttsLanguage':'de-DE'}",
                "{'type':'language','transcriptionLanguage':'en-US'}",
                "{'type':'language','ttsLanguage':'de-DE','transcriptionLanguage':'en-US'}",
                "{'type':'end'}",
                "{'type':'end','handoffData':''}",
                "{'type':'end','handoffData':'{}'}",
                "{'type':'config','anything':{'a':1}}",
                "{'type':'hints','hints':'Callbus'}",
                " { 'token' : 'any order' , 'type' : 'text' } ",
            })
    void acceptsWhatTheDocumentationAllows(String frame) {
        assertThat(rules.accept(frame.replace('\'', '"'))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "null",
                "5",
                "[]",
                "[{'type':'end'}]",
                "{}",
                "{'type':null}",
                "{'type':5}",
                "{'type':'foo'}",
                "{'type':'Text','token':'a'}",
                "{'type':'interrupt'}",
                "{'token':'a'}",
                "{'type':'text'}",
                "{'type':'text','token':null}",
                "{'type':'text','token':5}",
                "{'type':'text','token':['a']}",
                "{'type':'text','token':'a','last':'true'}",
                "{'type':'text','token':'a','last':null}",
                "{'type':'text','token':'a','lang':'fr-FR'}",
                "{'type':'text','token':'a','interruptible':'none'}",
                "{'type':'text','token':'a','preemptible':1}",
                "{'type':'text','token':'a','text':'a'}",
                "{'type':'text','token':'a','token':'b'}",
                "{'type':'text','token':'a'} {'type':'end'}",
                "{'type':'text','token':'a'",
                "{'type':'play'}",
                "{'type':'play','source':''}",
                "{'type':'play','source':'a.mp3'}",
                "{'type':'play','source':'file:///etc/passwd'}",
                "{'type':'play','source':'https://a.example/a b'}",
                "{'type':'play','source':'https://a.example/a.mp3','loop':-1}",
                "{'type':'play','source':'https://a.example/a.mp3','loop':1.5}",
                "{'type':'play','source':'https://a.example/a.mp3','loop':'1'}",
                "{'type':'sendDigits'}",
                "{'type':'sendDigits','digits':''}",
                "{'type':'sendDigits','digits':5}",
                "{'type':'sendDigits','digits':'1W'}",
                "{'type':'sendDigits','digits':'A'}",
                "{'type':'sendDigits','digits':'1,2'}",
                "{'type':'sendDigits','digits':'1 2'}",
                "{'type':'language'}",
                "{'type':'language','ttsLanguage':'fr-FR'}",
                "{'type':'language','ttsLanguage':'de-DE','transcriptionLanguage':null}",
                "{'type':'language','lang':'de-DE'}",
                "{'type':'end','handoffData':{'reason':'a'}}",
                "{'type':'end','handoffData':null}",
                "{'type':'end','reason':'a'}",
            })
    void refusesEverythingElse(String frame) {
        assertThat(rules.accept(frame.replace('\'', '"'))).isNull();
    }

    @Test
    void keepsEveryMemberAsItCame() {
        var frame = rules.accept("{\"type\":\"text\",\"token\":\" \\u00e9\\n\",\"last\":true}");
        assertThat(frame).isNotNull();
        assertThat(frame == null ? "" : frame.getString("token")).isEqualTo(" é\n");
    }

    @Test
    void tenBadFramesInARowAreTooMany() {
        refuse(9);
        assertThat(rules.isTooMuch()).isFalse();
        refuse(1);
        assertThat(rules.isTooMuch()).isTrue();
    }

    @Test
    void aGoodFrameInBetweenStartsTheCountAgain() {
        refuse(9);
        rules.accept("{\"type\":\"text\",\"token\":\"a\"}");
        refuse(9);
        assertThat(rules.isTooMuch()).isFalse();
    }

    @Test
    void whatIsNoTextCountsToo() {
        refuse(9);
        rules.refuse();
        assertThat(rules.isTooMuch()).isTrue();
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            rules.accept("{}");
        }
    }
}
