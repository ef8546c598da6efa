package dev.callbus.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioSignerTest {
    private final TwilioSigner signer = new TwilioSigner("12345");

    @Test
    void signsAForm() {
        var form = Map.of(
                "To", "+18005551212",
                "Digits", "1234",
                "CallSid", "CA1234567890ABCDE",
                "From", "+14158675310",
                "Caller", "+14158675310");
        assertThat(signer.sign("https://example.com/myapp.php?foo=1&bar=2", form))
                .isEqualTo("L/OH5YylLD5NRKLltdqwSvS0BnU=");
    }

    @Test
    void signsAJsonBodyByItsHashInTheUrl() {
        var hash = "5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9";
        assertThat(signer.sign("https://example.com/myapp?bodySHA256=" + hash))
                .isEqualTo("hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=");
    }

    @Test
    void signsAWebSocketByItsUrlAsWritten() {
        assertThat(signer.sign("wss://voice.example.com/cr/tok")).isEqualTo("zinwSGz70o/CIG3uicJeHz08pP0=");
        assertThat(signer.sign("https://voice.example.com/cr/tok")).isNotEqualTo("zinwSGz70o/CIG3uicJeHz08pP0=");
        assertThat(signer.sign("wss://voice.example.com/cr/tok/")).isNotEqualTo("zinwSGz70o/CIG3uicJeHz08pP0=");
    }

    @Test
    void sortsNamesByCodeUnitAndKeepsEmptyValues() throws Exception {
        assertThat(signer.sign("https://a.example/", Map.of("b", "", "B", "2", "a", " 1 ")))
                .isEqualTo(Hmac.sha1("12345", "https://a.example/B2a 1 b"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?y=1#rc=2, https://a.example/x?y=1",
        "https://a.example:8443/x, https://a.example/x",
        "http://a.example:8080/x, http://a.example:8080/x",
        "https://user:pass@a.example/x%2Fy, https://a.example/x%2Fy",
    })
    void leavesOutWhatTwilioLeavesOut(String url, String signed) {
        assertThat(TwilioSigner.signedUrl(URI.create(url))).isEqualTo(signed);
    }
}
