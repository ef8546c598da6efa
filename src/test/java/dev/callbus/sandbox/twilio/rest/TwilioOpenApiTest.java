package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the check against Twilio's OpenAPI documents accepts and what it finds. */
class TwilioOpenApiTest {
    private static final String MESSAGES = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json";
    private static final MultiMap NONE = MultiMap.caseInsensitiveMultiMap();

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/Services, 201",
        "GET, /v1/Services, 200",
        "POST, /v1/Services/default/Documents, 201",
        "GET, /v1/Services/default/Maps/m/Items, 200",
        "POST, /v1/Services/default/Maps/m/Items, 201",
    })
    void acceptsTheDocumentsOwnExamples(String method, String path, String status) {
        var operation = TwilioOpenApi.load("twilio_sync_v1").find(method, path).orElseThrow();
        var examples = operation.operation().at("/responses/" + status + "/content/application~1json/examples");
        assertThat(examples).isNotEmpty();
        for (JsonNode example : examples) {
            assertThat(operation.faultsOfAnswer(
                            Integer.parseInt(status), example.path("value").toString()))
                    .isEmpty();
        }
    }

    @Test
    void acceptsTwiliosListOfMessages() {
        var operation = messages("GET");
        var example = operation.operation().at("/responses/200/content/application~1json/examples/readFullPage1/value");
        assertThat(operation.faultsOfAnswer(200, example.toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From=+15005550006 | required property 'To'",
                "To=+15005550006&Bdoy=x | 'Bdoy' is not defined",
                "To=+15005550006&Attempt=soon | integer expected",
                "To=+15005550006&ScheduleType=now | enumeration",
                "To=+15005550006&ContentSid=HX1 | ContentSid",
                "To=+15005550006&StatusCallback=no url | StatusCallback",
            })
    void findsWhatIsWrongWithAForm(String form, String fault) {
        var parameters = MultiMap.caseInsensitiveMultiMap();
        for (var pair : form.split("&", -1)) {
            var parts = pair.split("=", 2);
            parameters.add(parts[0], parts[1]);
        }
        assertThat(messages("POST").faultsOfRequest(NONE, parameters))
                .anySatisfy(found -> assertThat(found).contains(fault));
    }

    @Test
    void findsAnUnknownQueryParameterAndABadPath() {
        var query = MultiMap.caseInsensitiveMultiMap().add("PageSze", "5");
        var operation = TwilioOpenApi.load("twilio_api_v2010")
                .operation("GET", "/2010-04-01/Accounts/{AccountSid}/Messages.json", Map.of("AccountSid", "AC1"));
        assertThat(operation.faultsOfRequest(query, NONE)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void findsWhatIsWrongWithAnAnswer() {
        var operation = messages("POST");
        var example = operation
                .operation()
                .at("/responses/201/content/application~1json/examples/create/value")
                .toString();
        assertThat(operation.faultsOfAnswer(201, example)).isEmpty();
        assertThat(operation.faultsOfAnswer(200, example))
                .singleElement()
                .asString()
                .contains("not documented");
        assertThat(operation.faultsOfAnswer(201, example.replace("\"uri\"", "\"url\"")))
                .hasSize(2);
        assertThat(operation.faultsOfAnswer(201, example.replace("Thu, 24 Aug 2023", "2023-08-24")))
                .isNotEmpty();
        assertThat(operation.faultsOfAnswer(201, example.replace("\"queued\"", "\"waiting\"")))
                .isNotEmpty();
        assertThat(operation.faultsOfAnswer(404, "{}")).isNotEmpty();
        assertThat(operation.faultsOfAnswer(404, "no JSON")).isNotEmpty();
    }

    private static OpenApiOperation messages(String method) {
        return TwilioOpenApi.load("twilio_api_v2010").find(method, MESSAGES).orElseThrow();
    }
}
