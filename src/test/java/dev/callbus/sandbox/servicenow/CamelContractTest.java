package dev.callbus.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache Camel's client for ServiceNow, which was written for instances of the vendor, finds its way around the sandbox. */
class CamelContractTest {
    private static final String BASIC = "";
    private static final String OAUTH =
            "&oauthClientId=app&oauthClientSecret=RAW(app-secret)&oauthTokenUrl=%s/oauth_token.do";

    private static SandboxInstance instance;
    private static DefaultCamelContext camel;
    private static ProducerTemplate producer;

    @BeforeAll
    static void start() throws TimeoutException {
        instance = new SandboxInstance();
        camel = new DefaultCamelContext();
        camel.start();
        producer = camel.createProducerTemplate();
    }

    @AfterAll
    static void close() throws TimeoutException {
        camel.stop();
        instance.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {BASIC, OAUTH})
    void createsRetrievesAndUpdates(String login) {
        var created = one(ask(login, "create", Map.of(), Map.of("short_description", "From Camel", "urgency", "1")));
        var id = Map.<String, Object>of(ServiceNowConstants.PARAM_SYS_ID, created.get("sys_id"));
        assertThat(created).containsEntry("priority", "3").containsEntry("sys_created_by", "callbus");

        var retrieved = one(ask(login, "retrieve", id, null));
        assertThat(retrieved).isEqualTo(created);

        var updated = one(ask(login, "modify", id, Map.of("work_notes", "seen", "impact", "1")));
        assertThat(updated).containsEntry("priority", "1").containsEntry("sys_mod_count", "1");
        assertThat(instance.server.ledger().journal(String.valueOf(created.get("sys_id"))))
                .containsExactly(new Ledger.JournalEntry("work_notes", "seen", "callbus"));
    }

    @Test
    void deletesAsAdministrator() {
        var created = one(ask(BASIC, "create", Map.of(), Map.of("short_description", "To be deleted")));
        var id = Map.<String, Object>of(ServiceNowConstants.PARAM_SYS_ID, created.get("sys_id"));

        var forbidden = ask(BASIC, "delete", id, null);
        assertThat(failure(forbidden).getCode()).isEqualTo(403);
        assertThat(failure(forbidden).getDetail()).isEqualTo("ACL Exception Delete Failed due to security constraints");

        assertThat(ask("root", "root-secret", BASIC, "delete", id, null).getException())
                .isNull();
        assertThat(failure(ask(BASIC, "retrieve", id, null)).getCode()).isEqualTo(404);
    }

    @Test
    void readsPagesAndTheirOffsets() {
        var headers = Map.<String, Object>of(
                ServiceNowConstants.SYSPARM_QUERY, "category!=security^ORDERBYnumber",
                ServiceNowConstants.SYSPARM_LIMIT, 20,
                ServiceNowConstants.SYSPARM_OFFSET, 40);
        var answer = ask(BASIC, "retrieve", headers, null).getMessage();

        assertThat(answer.getBody())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(20);
        assertThat(answer.getHeader(ServiceNowConstants.OFFSET_FIRST, Integer.class))
                .isZero();
        assertThat(answer.getHeader(ServiceNowConstants.OFFSET_PREV, Integer.class))
                .isEqualTo(20);
        assertThat(answer.getHeader(ServiceNowConstants.OFFSET_NEXT, Integer.class))
                .isEqualTo(60);
        assertThat(answer.getHeader(ServiceNowConstants.OFFSET_LAST, Integer.class))
                .isGreaterThan(60);
    }

    @Test
    void understandsRefusals() {
        var missing = failure(ask(BASIC, "retrieve", Map.of(ServiceNowConstants.PARAM_SYS_ID, "0".repeat(32)), null));
        var unknown = failure(ask(BASIC, "retrieve", Map.of(ServiceNowConstants.PARAM_TABLE_NAME, "nothing"), null));
        var stranger = failure(ask("callbus", "wrong", BASIC, "retrieve", Map.of(), null));

        assertThat(missing).hasToString("failure: No Record found");
        assertThat(missing.getDetail()).isEqualTo("Record doesn't exist or ACL restricts the record retrieval");
        assertThat(unknown.getCode()).isEqualTo(400);
        assertThat(unknown).hasToString("failure: Invalid table nothing");
        assertThat(stranger.getCode()).isEqualTo(401);
        assertThat(stranger).hasToString("failure: User Not Authenticated");
    }

    @Test
    void attachesAndReadsFiles() {
        var incident = one(ask(BASIC, "create", Map.of(), Map.of("short_description", "With a file")));
        var headers = new HashMap<String, Object>(Map.of(
                ServiceNowConstants.RESOURCE, ServiceNowConstants.RESOURCE_ATTACHMENT,
                ServiceNowConstants.PARAM_TABLE_NAME, "incident",
                ServiceNowConstants.PARAM_TABLE_SYS_ID, incident.get("sys_id"),
                ServiceNowConstants.PARAM_FILE_NAME, "call.txt",
                ServiceNowConstants.CONTENT_TYPE, "text/plain"));
        var uploaded =
                ask(BASIC, "upload", headers, new ByteArrayInputStream("Hello".getBytes(StandardCharsets.UTF_8)));

        assertThat(uploaded.getException()).isNull();
        assertThat(instance.server.ledger().attachments(String.valueOf(incident.get("sys_id"))))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.name()).isEqualTo("call.txt");
                    assertThat(file.bytes()).isEqualTo(5);
                });
    }

    private static Exchange ask(String login, String action, Map<String, Object> headers, @Nullable Object body) {
        return ask("callbus", "secret", login, action, headers, body);
    }

    private static Exchange ask(
            String user,
            String password,
            String login,
            String action,
            Map<String, Object> headers,
            @Nullable Object body) {
        var baseUrl = instance.server.baseUrl();
        var uri = "servicenow:sandbox?apiUrl=%s/api&userName=%s&password=RAW(%s)".formatted(baseUrl, user, password)
                + login.formatted(baseUrl);
        return producer.request(uri, exchange -> {
            var message = exchange.getMessage();
            message.setHeader(ServiceNowConstants.RESOURCE, ServiceNowConstants.RESOURCE_TABLE);
            message.setHeader(ServiceNowConstants.PARAM_TABLE_NAME, "incident");
            message.setHeader(ServiceNowConstants.ACTION, action);
            headers.forEach(message::setHeader);
            message.setBody(body);
        });
    }

    @SuppressWarnings("unchecked") // the answer is JSON
    private static Map<String, Object> one(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        var body = exchange.getMessage().getBody();
        return (Map<String, Object>) (body instanceof List<?> list ? list.getFirst() : body);
    }

    private static ServiceNowException failure(Exchange exchange) {
        return exchange.getException(ServiceNowException.class);
    }
}
