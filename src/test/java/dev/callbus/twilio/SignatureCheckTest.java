package dev.callbus.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {
    private static final SignatureCheck CHECK = check("https://example.com", "12345");
    private static final String FORM_TARGET = "/myapp.php?foo=1&bar=2";
    private static final String FORM_SIGNATURE = "L/OH5YylLD5NRKLltdqwSvS0BnU=";
    private static final Map<String, List<String>> FORM = Map.of(
            "CallSid", List.of("CA1234567890ABCDE"),
            "Caller", List.of("+14158675310"),
            "Digits", List.of("1234"),
            "From", List.of("+14158675310"),
            "To", List.of("+18005551212"));
    private static final String JSON = "{\"CallSid\":\"CA1234567890ABCDE\",\"Caller\":\"+12349013030\"}";
    private static final String JSON_TARGET =
            "/myapp?bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9";
    private static final String JSON_SIGNATURE = "hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=";
    private static final String SOCKET_SIGNATURE = "zinwSGz70o/CIG3uicJeHz08pP0=";

    @Test
    void acceptsTheGoldenForm() {
        assertThat(CHECK.form(FORM_TARGET, FORM, FORM_SIGNATURE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Digits,1235", "From,", "Unsigned,x", "callSid,CA1234567890ABCDE"})
    void s2_refusesATamperedForm(String name, String value) {
        var tampered = new TreeMap<>(FORM);
        tampered.put(name, List.of(value == null ? "" : value));
        assertThat(CHECK.form(FORM_TARGET, tampered, FORM_SIGNATURE)).isFalse();
    }

    @Test
    void s2_refusesAFormWithAMissingParameter() {
        var tampered = new TreeMap<>(FORM);
        tampered.remove("Digits");
        assertThat(CHECK.form(FORM_TARGET, tampered, FORM_SIGNATURE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/myapp.php?foo=1&bar=3",
                "/myapp.php?bar=2&foo=1",
                "/MyApp.php?foo=1&bar=2",
                "/myapp.php",
                "",
                "x"
            })
    void s2_refusesAnotherTarget(String target) {
        assertThat(CHECK.form(target, FORM, FORM_SIGNATURE)).isFalse();
    }

    @Test
    void s2_refusesAMissingEmptyOrForeignSignature() {
        assertThat(CHECK.form(FORM_TARGET, FORM, null)).isFalse();
        assertThat(CHECK.form(FORM_TARGET, FORM, "")).isFalse();
        assertThat(CHECK.form(FORM_TARGET, FORM, "L/OH5YylLD5NRKLltdqwSvS0BnV="))
                .isFalse();
        assertThat(CHECK.form(FORM_TARGET, FORM, "ünïcode")).isFalse();
        assertThat(CHECK.form(FORM_TARGET, FORM, SOCKET_SIGNATURE)).isFalse();
    }

    @Test
    void s2_refusesEverythingWithoutAnAuthToken() {
        var empty = check("https://example.com", "");
        assertThat(new SignatureCheck(URI.create("https://example.com"), List.of())
                        .form(FORM_TARGET, FORM, FORM_SIGNATURE))
                .isFalse();
        assertThat(empty.form(FORM_TARGET, FORM, FORM_SIGNATURE)).isFalse();
        assertThat(empty.query("/", "")).isFalse();
    }

    @Test
    void triesEveryTokenWhileOneIsRotated() {
        assertThat(check("https://example.com", "new", "12345").form(FORM_TARGET, FORM, FORM_SIGNATURE))
                .isTrue();
        assertThat(check("https://example.com", "12345", "old").form(FORM_TARGET, FORM, FORM_SIGNATURE))
                .isTrue();
        assertThat(check("https://example.com", "new", "newer").form(FORM_TARGET, FORM, FORM_SIGNATURE))
                .isFalse();
    }

    @Test
    void takesThePublicUrlWithASlashAtItsEnd() {
        assertThat(check("https://example.com/", "12345").form(FORM_TARGET, FORM, FORM_SIGNATURE))
                .isTrue();
    }

    @Test
    void acceptsTheGoldenJsonBody() {
        assertThat(CHECK.json(JSON_TARGET, JSON, JSON_SIGNATURE)).isTrue();
    }

    @Test
    void s2_refusesATamperedJsonBody() {
        assertThat(CHECK.json(JSON_TARGET, JSON.replace("ABCDE", "ABCDF"), JSON_SIGNATURE))
                .isFalse();
        assertThat(CHECK.json(JSON_TARGET, JSON + " ", JSON_SIGNATURE)).isFalse();
        assertThat(CHECK.json(JSON_TARGET.replace("5ccde", "5ccdf"), JSON, JSON_SIGNATURE))
                .isFalse();
        assertThat(CHECK.json(JSON_TARGET, JSON, null)).isFalse();
        assertThat(CHECK.json("/myapp?a=%zz", JSON, sign("https://example.com/myapp?a=%zz")))
                .isFalse();
    }

    @Test
    void s2_refusesASignedJsonBodyWhoseHashIsNotInTheUrl() {
        assertThat(CHECK.json("/myapp", JSON, sign("https://example.com/myapp")))
                .isFalse();
    }

    @Test
    void acceptsASignedQuery() {
        var target = "/voice?CallSid=CA1&To=%2B18005551212";
        assertThat(CHECK.query(target, sign("https://example.com" + target))).isTrue();
        assertThat(CHECK.query(target + "0", sign("https://example.com" + target)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb?x=%20+y", "/a|b?{}", "/%zz", "/ü?ü=1"})
    void takesTheTargetExactlyAsReceived(String target) {
        assertThat(CHECK.query(target, sign("https://example.com" + target))).isTrue();
    }

    @Test
    void acceptsTheGoldenWebSocket() {
        var check = check("https://voice.example.com", "12345");
        assertThat(check.webSocket("/cr/tok", SOCKET_SIGNATURE)).isTrue();
        assertThat(check.webSocket("/cr/tok/", SOCKET_SIGNATURE)).isTrue();
        assertThat(check.webSocket("/cr/tok2", SOCKET_SIGNATURE)).isFalse();
        assertThat(check.query("/cr/tok", SOCKET_SIGNATURE)).isFalse();
    }

    @Test
    void acceptsAWebSocketThatIsSignedWithASlashAtItsEnd() {
        var check = check("https://voice.example.com", "12345");
        assertThat(check.webSocket("/cr/tok", sign("wss://voice.example.com/cr/tok/")))
                .isTrue();
        assertThat(check.webSocket("/cr/tok", sign("https://voice.example.com/cr/tok")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example, https://h.example:443, true",
        "https://h.example:443, https://h.example, true",
        "https://h.example:8443, https://h.example:8443, true",
        "https://h.example:8443, https://h.example, true",
        "https://h.example, https://h.example:8443, false",
        "http://h.example:8080, http://h.example:8080, true",
        "http://h.example, http://h.example:80, true",
        "https://h.example, http://h.example, false",
        "https://h.example, https://other.example, false",
    })
    void takesTheUrlWithAndWithoutItsPort(String publicUrl, String signedUrl, boolean good) {
        var check = check(publicUrl, "12345");
        assertThat(check.query("/voice", sign(signedUrl + "/voice"))).isEqualTo(good);
        var signedSocket = signedUrl.replaceFirst("^http", "ws") + "/cr/tok";
        assertThat(check.webSocket("/cr/tok", sign(signedSocket))).isEqualTo(good);
        assertThat(check.form("/voice", Map.of("a", List.of("2", "1")), sign(signedUrl + "/voicea1a2")))
                .isEqualTo(good);
    }

    @Test
    void signsRepeatedNamesAsUniqueSortedValues() {
        var form = Map.of("b", List.of("2", "1", "2"), "a", List.of("x"), "C", List.of(""));
        assertThat(CHECK.form("/f", form, sign("https://example.com/fCaxb1b2"))).isTrue();
        assertThat(CHECK.form("/f", form, sign("https://example.com/fCaxb2b1b2")))
                .isFalse();
        assertThat(CHECK.form("/f", Map.of("b", List.of("1", "3")), sign("https://example.com/fb1b2")))
                .isFalse();
        assertThat(CHECK.form("/f", Map.of("b", List.of("1", "1")), sign("https://example.com/fb1")))
                .isTrue();
        assertThat(CHECK.form("/f", form, null)).isFalse();
    }

    private static SignatureCheck check(String publicUrl, String... tokens) {
        return new SignatureCheck(
                URI.create(publicUrl), List.of(tokens).stream().map(Secret::new).toList());
    }

    private static String sign(String data) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec("12345".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
