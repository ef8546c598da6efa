package dev.callbus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private final WebhookSignature signature = new WebhookSignature("12345");

    @Test
    void signsAFormOverItsSortedParameters() {
        var form = Map.of(
                "CallSid", "CA1234567890ABCDE",
                "Caller", "+14158675310",
                "Digits", "1234",
                "From", "+14158675310",
                "To", "+18005551212");

        assertThat(signature.of("https://example.com/myapp.php?foo=1&bar=2", form))
                .isEqualTo("L/OH5YylLD5NRKLltdqwSvS0BnU=");
    }

    @Test
    void signsAJsonWebhookOverItsUrlAlone() {
        var url =
                "https://example.com/myapp?bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9";

        assertThat(signature.of(url, Map.of())).isEqualTo("hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=");
    }

    @Test
    void signsAHandshakeOverItsWebSocketUrl() {
        assertThat(signature.of("wss://voice.example.com/cr/tok", Map.of())).isEqualTo("zinwSGz70o/CIG3uicJeHz08pP0=");
    }
}
