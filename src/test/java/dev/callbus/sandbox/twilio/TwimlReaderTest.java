package dev.callbus.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.sandbox.twilio.Twiml.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlReaderTest {
    private static final String URL = "url='wss://a.example/x'";

    @Test
    void readsEveryVerb() throws LineException {
        var document = """
                <?xml version='1.0' encoding='UTF-8'?>
                <!-- a comment -->
                <Response>
                  <Start><Recording recordingStatusCallback='/r'/></Start>
                  <Say voice='Polly.Joanna' language='en-US' loop='2'>Hello <prosody rate='slow'>you</prosody>.</Say>
                  <Play>https://a.example/a.mp3</Play>
                  <Play digits='12w#'/>
                  <Pause/>
                  <Pause length='3'/>
                  <Dial action='/dialled' timeout='30'><Number sendDigits='1'>+15550009999</Number></Dial>
                  <Dial>+15550009998</Dial>
                  <Enqueue workflowSid='WW1' action='q' method='get'><Task priority='5'>{"a":"b"}</Task></Enqueue>
                  <Enqueue>support</Enqueue>
                  <Redirect>../again?a=1</Redirect>
                  <Reject/>
                  <Hangup/>
                </Response>""";
        assertThat(TwimlReader.read(document))
                .containsExactly(
                        new Twiml.Start(),
                        new Twiml.Say("Hello you."),
                        new Twiml.Play("https://a.example/a.mp3"),
                        new Twiml.Play("12w#"),
                        new Twiml.Pause(1),
                        new Twiml.Pause(3),
                        new Twiml.Dial("+15550009999", new Target("/dialled", "POST")),
                        new Twiml.Dial("+15550009998", null),
                        new Twiml.Enqueue("WW1", "{\"a\":\"b\"}", new Target("q", "GET")),
                        new Twiml.Enqueue("support", "", null),
                        new Twiml.Redirect(new Target("../again?a=1", "POST")),
                        new Twiml.Reject("rejected"),
                        new Twiml.Hangup());
    }

    @Test
    void readsARelay() throws LineException {
        var document = """
                <Response><Connect action='/action'><ConversationRelay url='wss://a.example/x' welcomeGreeting='Hi &amp; bye'>
                  <Language code='en-US' ttsProvider='ElevenLabs' voice='v' transcriptionProvider='google' speechModel='m'/>
                  <Language code='multi'/>
                  <Parameter name='tenant' value=''/>
                  <Failover anything='at all'/>
                </ConversationRelay></Connect></Response>""";
        assertThat(TwimlReader.read(document))
                .containsExactly(new Twiml.Connect(
                        new Target("/action", "POST"),
                        Map.of("url", "wss://a.example/x", "welcomeGreeting", "Hi & bye"),
                        List.of("en-US", "multi"),
                        Map.of("tenant", "")));
    }

    @Test
    void anEmptyResponseHasNoVerbs() throws LineException {
        assertThat(TwimlReader.read("<Response/>")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "welcomeGreetingInterruptible='none'",
                "welcomeGreetingInterruptible='true'",
                "language='de-DE'",
                "language='multi'",
                "ttsLanguage='multi' ttsProvider='ElevenLabs'",
                "transcriptionLanguage='multi' transcriptionProvider='Deepgram' speechModel='nova-2-general'",
                "ttsProvider='amazon' voice='Joanna-Neural'",
                "transcriptionProvider='GOOGLE' speechModel='telephony'",
                "speechModel='flux' eotThreshold='0.5'",
                "eotThreshold='0.9'",
                "partialPrompts='true'",
                "speechTimeout='auto'",
                "speechTimeout='600'",
                "speechTimeout='5000'",
                "deepgramSmartFormat='false'",
                "interruptible='dtmf'",
                "interruptible='speech'",
                "interruptible='any'",
                "interruptible='false'",
                "interruptSensitivity='low'",
                "ignoreBackchannel='true'",
                "dtmfDetection='true'",
                "reportInputDuringAgentSpeech='any'",
                "preemptible='true'",
                "hints='Callbus, Twilio'",
                "events='speaker-events tokens-played config-updated'",
                "debug='debugging speaker-events'",
                "elevenlabsTextNormalization='auto'",
                "profanityFilter='true'",
                "backgroundNoiseReduction='on'",
                "intelligenceService='GA1'",
                "conversationConfiguration='c'",
                "conversationId='c'",
                "echoPromptFiltering='true'",
                "applicationReconnect='true'",
            })
    void knowsEveryAttributeOfARelay(String attribute) throws LineException {
        assertThat(TwimlReader.read(relay(URL + " " + attribute, ""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "url='ws://a.example/x'",
                "url='https://a.example/x'",
                "url='wss:///x'",
                "url='wss://a.example/a b'",
                "url='/x'",
                URL + " speechTimeout='599'",
                URL + " speechTimeout='5001'",
                URL + " speechTimeout='1s'",
                URL + " speechTimeout=''",
                URL + " speechtimeout='900'",
                URL + " deepgramsmartformat='true'",
                URL + " backgroundnoisereduction='true'",
                URL + " ignorebackchannel='true'",
                URL + " Interruptible='any'",
                URL + " interruptByDtmf='true'",
                URL + " interruptible='yes'",
                URL + " interruptible='ANY'",
                URL + " reportInputDuringAgentSpeech='true'",
                URL + " eotThreshold='0.49'",
                URL + " eotThreshold='1'",
                URL + " eotThreshold='NaN'",
                URL + " dtmfDetection='1'",
                URL + " preemptible='True'",
                URL + " partialPrompts=''",
                URL + " interruptSensitivity='highest'",
                URL + " ttsProvider='Azure'",
                URL + " transcriptionProvider='Whisper'",
                URL + " language='english, please'",
                URL + " language='multi' transcriptionProvider='Google'",
                URL + " language='multi' ttsProvider='Google'",
                URL + " transcriptionLanguage='multi' speechModel='flux'",
                URL + " events='speaker-events,tokens-played'",
                URL + " events=''",
                URL + " debug='all'",
                URL + " elevenlabsTextNormalization='true'",
                URL + " applicationReconnect='yes'",
                URL + " color='red'",
            })
    void refusesABadRelay(String attributes) {
        assertThat(code(relay(attributes, ""))).isEqualTo(64101);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <Language/>                                            | 64101
            <Language code=''/>                                    | 64101
            <Language Code='en-US'/>                               | 64101
            <Language code='en-US' speechmodel='m'/>               | 64101
            <Language code='en-US' ttsProvider='Azure'/>           | 64101
            <Language code='en-US'/><Language code='en-US'/>       | 64101
            <Language code='multi' transcriptionProvider='Google'/>| 64101
            <Parameter value='v'/>                                 | 12200
            <Parameter name='' value='v'/>                         | 12200
            <Parameter name='n'/>                                  | 12200
            <Parameter name='n' value='v' type='t'/>               | 12200
            <Param name='n' value='v'/>                            | 12200
            """)
    void refusesABadChildOfARelay(String children, int code) {
        assertThat(code(relay(URL, children))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            I am no XML                                                        | 12100
            ""                                                                 | 12100
            <Response>                                                         | 12100
            <Response><Say>a & b</Say></Response>                              | 12100
            <Response/><Response/>                                             | 12100
            <Response><Pause length='1' length='2'/></Response>                | 12100
            <!DOCTYPE Response [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Response><Say>&a;</Say></Response> | 12100
            <response/>                                                        | 12200
            <html/>                                                            | 12200
            <Response a='b'/>                                                  | 12200
            <Response>Hello</Response>                                         | 12200
            <Response><say>a</say></Response>                                  | 12200
            <Response><Sing/></Response>                                       | 12200
            <Response><Hangup/><Sing/></Response>                              | 12200
            <Response><Say Voice='a'>a</Say></Response>                        | 12200
            <Response><Say loop='-1'>a</Say></Response>                        | 12200
            <Response><Pause length='0'/></Response>                           | 12200
            <Response><Pause length='1.5'/></Response>                         | 12200
            <Response><Pause><Say>a</Say></Pause></Response>                   | 12200
            <Response><Reject reason='tired'/></Response>                      | 12200
            <Response><Play digits='1,2'/></Response>                          | 12200
            <Response><Play/></Response>                                       | 11100
            <Response><Redirect/></Response>                                   | 11100
            <Response><Redirect method='PUT'>/a</Redirect></Response>          | 12200
            <Response><Redirect>a b</Redirect></Response>                      | 11100
            <Response><Redirect>ftp://a.example/</Redirect></Response>         | 11100
            <Response><Dial/></Response>                                       | 12200
            <Response><Dial timeout='601'>+1</Dial></Response>                 | 12200
            <Response><Dial action='a b'>+1</Dial></Response>                  | 11100
            <Response><Dial><Phone>+1</Phone></Dial></Response>                | 12200
            <Response><Dial><Number digits='1'>+1</Number></Dial></Response>   | 12200
            <Response><Enqueue/></Response>                                    | 12200
            <Response><Enqueue workflowSid='WW1'>support</Enqueue></Response>  | 12200
            <Response><Enqueue workflowSid='XX1'/></Response>                  | 12200
            <Response><Enqueue workflowSid='WW1'><Task>a=b</Task></Enqueue></Response>         | 12200
            <Response><Enqueue workflowSid='WW1'><Task>[]</Task></Enqueue></Response>          | 12200
            <Response><Enqueue workflowSid='WW1'><Task timeout='0'>{}</Task></Enqueue></Response> | 12200
            <Response><Enqueue workflowSid='WW1'><Attributes>{}</Attributes></Enqueue></Response> | 12200
            <Response><Start><Video/></Start></Response>                       | 12200
            <Response><Connect/></Response>                                    | 12200
            <Response><Connect><Dial>+1</Dial></Connect></Response>            | 12200
            <Response><Connect Action='/a'><ConversationRelay url='wss://a.example/'/></Connect></Response> | 12200
            <Response><Connect><ConversationRelay url='wss://a.example/'/><ConversationRelay url='wss://a.example/'/></Connect></Response> | 12200
            """)
    void refusesABadDocument(String document, int code) {
        assertThat(code(document)).isEqualTo(code);
    }

    private static String relay(String attributes, String children) {
        return "<Response><Connect><ConversationRelay " + attributes + ">" + children
                + "</ConversationRelay></Connect></Response>";
    }

    private static int code(String document) {
        var refused = catchThrowableOfType(LineException.class, () -> TwimlReader.read(document));
        assertThat(refused).as(document).isNotNull();
        assertThat(refused.getMessage()).isNotBlank();
        return refused.code();
    }
}
