package dev.callbus.tool.helpdesk;

import static dev.callbus.tool.helpdesk.DeskRig.ALEX;
import static dev.callbus.tool.helpdesk.DeskRig.BO;
import static dev.callbus.tool.helpdesk.DeskRig.CODE;
import static dev.callbus.tool.helpdesk.DeskRig.challenge;
import static dev.callbus.tool.helpdesk.DeskRig.claim;
import static dev.callbus.tool.helpdesk.DeskRig.grant;
import static dev.callbus.tool.helpdesk.DeskRig.json;
import static dev.callbus.tool.helpdesk.DeskRig.line;
import static dev.callbus.tool.helpdesk.DeskRig.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Sensitive;
import dev.callbus.servicenow.Customer;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.verify.VerifyProtocol;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls, and the proof of it, as a model sees both. Names that begin with a letter and a number cite a defect. */
class VerificationToolsTest {
    private static final Sensitive ENTERED = new Sensitive(CODE);

    private final DeskRig rig;

    VerificationToolsTest() throws TimeoutException {
        rig = new DeskRig();
    }

    @AfterEach
    void close() throws TimeoutException {
        rig.close();
    }

    @Test
    void s10_beforeVerificationAModelLearnsAFirstNameAndWhetherThereAreTickets() throws Exception {
        var outcome = rig.run("lookup-customer", "{}");
        var told = json(outcome);
        assertThat(names(told))
                .containsExactly(
                        "success", "message", "known", "verified", "customer", "hasOpenTickets", "verificationNumbers");
        assertThat(told.path("known").booleanValue()).isTrue();
        assertThat(told.path("verified").booleanValue()).isFalse();
        assertThat(told.path("customer").toString()).isEqualTo("{\"firstName\":\"Alex\"}");
        assertThat(told.path("hasOpenTickets").booleanValue()).isTrue();
        assertThat(told.path("verificationNumbers").toString())
                .isEqualTo("[{\"choice\":1,\"kind\":\"mobile\",\"ending\":\"42\"},"
                        + "{\"choice\":2,\"kind\":\"business\",\"ending\":\"77\"}]");
        assertThat(outcome.actions()).containsExactly(new ToolOutcome.Identified(ALEX, Standing.Source.LINE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"phoneNumber\":\"+15559998888\",\"phone\":\"+15559998888\",\"from\":\"+15559998888\"}"})
    void s9_theLineIsLookedUpByTheNumberOfTheCallWhateverTheModelSays(String arguments) throws Exception {
        rig.run("lookup-customer", arguments);
        assertThat(rig.asked)
                .containsExactly(new ServiceNowProtocol.FindCustomer(
                        ServiceNowProtocol.Key.PHONE, new Sensitive("+15550001111")));
    }

    @Test
    void nobodyAndSeveralOnTheLineAreAskedForAndNotNamed() throws Exception {
        rig.found = Future.succeededFuture(new ServiceNowProtocol.Found(List.of()));
        var nobody = rig.run("lookup-customer", "{}");
        rig.found = Future.succeededFuture(new ServiceNowProtocol.Found(List.of(ALEX, BO)));
        var several = rig.run("lookup-customer", "{}");
        for (var outcome : List.of(nobody, several)) {
            assertThat(names(json(outcome))).containsExactly("success", "message", "known");
            assertThat(json(outcome).path("known").booleanValue()).isFalse();
            assertThat(outcome.actions()).containsExactly(new ToolOutcome.Identified(null, Standing.Source.NONE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "email, alex@example.com, EMAIL",
        "search_term, alex@example.com, EMAIL",
        "searchTerm, alex@example.com, EMAIL",
        "emailAddress, alex@example.com, EMAIL",
        "search_term, E1234, EMPLOYEE_NUMBER",
        "employeeNumber, E1234, EMPLOYEE_NUMBER",
        "employee_number, E1234, EMPLOYEE_NUMBER",
        "employeeId, E1234, EMPLOYEE_NUMBER"
    })
    void c13_aClaimIsUnderstoodUnderEveryName(String name, String value, ServiceNowProtocol.Key key) throws Exception {
        var outcome = rig.run("lookup-customer", "{\"" + name + "\":\"" + value + "\",\"search_type\":\"email\"}");
        assertThat(rig.asked).containsExactly(new ServiceNowProtocol.FindCustomer(key, new Sensitive(value)));
        assertThat(outcome.actions()).containsExactly(new ToolOutcome.Identified(ALEX, Standing.Source.CLAIM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"to\":\"+15559998888\"}",
                "{\"phoneNumber\":\"+15559998888\"}",
                "{\"number\":\"0\"}",
                "{\"number\":\"9\"}",
                "{\"recipient\":\"the caller's own phone, 88\"}"
            })
    void s4_aCodeGoesToNoNumberThatTheModelMakesUp(String arguments) throws Exception {
        var outcome = rig.knowing(line()).run("send-verification", arguments);
        assertThat(outcome.success()).isFalse();
        assertThat(message(outcome)).isEqualTo("A code only goes to a number on the customer's record.");
        assertThat(rig.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', +15550001142",
        "'{\"to\":\"\",\"phone\":\"+15559998888\",\"code\":\"1\"}', +15550001142",
        "'{\"to\":1}', +15550001142",
        "'{\"choice\":2}', +15550001177",
        "'{\"number\":\"77\"}', +15550001177",
        "'{\"recipient\":\"business ending in 77\"}', +15550001177",
        "'{\"phoneNumber\":\"+99999999977\"}', +15550001177",
        "'{\"to\":\"+99999999942\"}', +15550001142"
    })
    void s4_theModelChoosesAmongTheNumbersOfTheRecord(String arguments, String number) throws Exception {
        var outcome = rig.knowing(line()).run("send-verification", arguments);
        assertThat(rig.asked)
                .containsExactly(new VerifyProtocol.SendCode(
                        DeskRig.CALL, DeskRig.SYS_ID, new Sensitive(number), VerifyProtocol.Channel.SMS));
        assertThat(message(outcome)).isEqualTo("Verification code sent successfully via sms");
        assertThat(json(outcome).path("recipient").asText()).endsWith(number.substring(number.length() - 2));
        assertThat(outcome.actions())
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        ToolOutcome.Challenged.class,
                        challenged -> assertThat(challenged.challenge()).isNotNull());
    }

    @ParameterizedTest
    @CsvSource({"sms,SMS", "text,SMS", "'',SMS", "call,CALL", "VOICE,CALL", "phone,CALL"})
    void theModelChoosesTheChannel(String word, VerifyProtocol.Channel channel) throws Exception {
        rig.knowing(line()).run("send-verification", "{\"channel\":\"" + word + "\"}");
        assertThat(rig.asked(VerifyProtocol.SendCode.class).channel()).isEqualTo(channel);
    }

    @Test
    void noCodeIsSentByAnUnknownChannelToNobodyOrToWhoIsVerified() throws Exception {
        assertThat(message(rig.knowing(line()).run("send-verification", "{\"channel\":\"whatsapp\"}")))
                .isEqualTo("channel must be sms or call.");
        assertThat(message(rig.knowing(Standing.UNKNOWN).run("send-verification", "{}")))
                .isEqualTo("It isn't known who calls. Use lookup-customer first.");
        assertThat(message(rig.verified().run("send-verification", "{}")))
                .isEqualTo("The caller is verified already. No code is needed.");
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void s4_aClaimedIdentityLearnsNothingWhateverHappens() throws Exception {
        for (var failure : Failure.values()) {
            var broken =
                    Future.<VerifyProtocol.CodeSent>failedFuture(new BusException(failure, "No more codes for +1555"));
            assertThat(conversation("CA-" + failure, ALEX, broken, false))
                    .isEqualTo(conversation("CB-" + failure, null, broken, false));
        }
        var sent = Future.succeededFuture(new VerifyProtocol.CodeSent(challenge(ALEX), "pending", 0));
        assertThat(conversation("CA", ALEX, sent, true)).isEqualTo(conversation("CB", null, sent, true));
        var noPhone = new Customer("c0", "Cy", "Cy Dunn", List.of(), 0);
        assertThat(conversation("CC", noPhone, sent, true)).isEqualTo(conversation("CD", null, sent, true));
    }

    /** All that a model reads of a caller who claims to be this customer and does what he can. */
    private List<String> conversation(
            String callSid, @Nullable Customer customer, Future<VerifyProtocol.CodeSent> sent, boolean arrives)
            throws Exception {
        var told = new ArrayList<String>();
        rig.sent = sent;
        rig.found =
                Future.succeededFuture(new ServiceNowProtocol.Found(customer == null ? List.of() : List.of(customer)));
        rig.knowing(Standing.UNKNOWN);
        for (int i = 0; i < 7; i++) {
            told.add(rig.run(callSid, "lookup-customer", "{\"email\":\"alex@example.com\"}")
                    .content());
        }
        rig.knowing(claim(customer));
        told.add(rig.run(callSid, "check-verification", "{}").content());
        for (int i = 0; i < 5; i++) {
            told.add(rig.run(callSid, "send-verification", "{\"to\":\"42\"}").content());
        }
        var challenged = customer == null || customer.contacts().isEmpty() || !arrives
                ? claim(customer)
                : claim(customer).challenged(challenge(customer));
        told.add(
                rig.knowing(challenged).run(callSid, "check-verification", "{}").content());
        rig.knowing(challenged.withCode(ENTERED));
        for (var answer : answers()) {
            rig.checked = answer;
            var outcome = rig.run(callSid, "check-verification", "{}");
            assertThat(outcome.actions()).isEmpty();
            told.add(outcome.content());
        }
        return told;
    }

    private static List<Future<VerifyProtocol.Checked>> answers() {
        var answers = new ArrayList<Future<VerifyProtocol.Checked>>();
        for (var status : List.of("pending", "max_attempts_reached", "expired", "canceled")) {
            answers.add(Future.succeededFuture(new VerifyProtocol.Checked(status, null, 3)));
            answers.add(Future.succeededFuture(new VerifyProtocol.Checked(status, null, 0)));
        }
        for (var failure : Failure.values()) {
            answers.add(Future.failedFuture(new BusException(failure, "No more codes can be tried on this call.")));
        }
        return answers;
    }

    @Test
    void aClaimIsProvedByTheCodeAlone() throws Exception {
        rig.knowing(claim(ALEX).challenged(challenge(ALEX)).withCode(ENTERED));
        var outcome = rig.run("check-verification", "{\"code\":\"000000\",\"to\":\"+15559998888\"}");
        assertThat(rig.asked(VerifyProtocol.CheckCode.class).code()).isEqualTo(ENTERED);
        assertThat(message(outcome)).isEqualTo("Verification successful");
        assertThat(json(outcome).path("verified").booleanValue()).isTrue();
        assertThat(outcome.actions()).hasSize(1).first().isInstanceOf(ToolOutcome.Admitted.class);
    }

    @Test
    void s3_aCodeThatTheModelGivesIsNotLookedAt() throws Exception {
        rig.knowing(line().challenged(challenge(ALEX)));
        var outcome = rig.run("check-verification", "{\"code\":\"" + CODE + "\",\"verified\":true,\"grant\":\"x\"}");
        assertThat(outcome.success()).isFalse();
        assertThat(message(outcome)).isEqualTo("The caller has not entered a code yet. Ask for it.");
        assertThat(message(rig.knowing(line()).run("check-verification", "{\"code\":\"" + CODE + "\"}")))
                .isEqualTo("No code has been sent. Use send-verification first.");
        assertThat(message(rig.knowing(line().withCode(ENTERED)).run("check-verification", "{}")))
                .contains("nothing that this code could be checked against");
        assertThat(rig.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pending, 3, Verification failed - invalid code, 3, false",
        "pending, 0, No more codes can be tried on this call, 0, true",
        "expired, 2, Offer to send a new one, 0, true",
        "max_attempts_reached, 2, Offer to send a new one, 0, true",
        "max_attempts_reached, 0, Offer a colleague, 0, true"
    })
    void aWrongCodeIsToldWithWhatCanStillBeDone(String status, int left, String words, int told, boolean over)
            throws Exception {
        rig.knowing(line().challenged(challenge(ALEX)).withCode(ENTERED));
        rig.checked = Future.succeededFuture(new VerifyProtocol.Checked(status, null, left));
        var outcome = rig.run("check-verification", "{}");
        assertThat(outcome.success()).isFalse();
        assertThat(message(outcome)).contains(words);
        assertThat(json(outcome).path("verified").booleanValue()).isFalse();
        assertThat(json(outcome).path("attemptsLeft").asInt()).isEqualTo(told);
        assertThat(outcome.actions().contains(new ToolOutcome.Challenged(null))).isEqualTo(over);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whatBecameOfASendingIsToldTruly(Failure failure) throws Exception {
        var outcome = rig.failing(failure, "Said so.").knowing(line()).run("send-verification", "{}");
        assertThat(outcome.success()).isFalse();
        var words = message(outcome);
        var hidden = new ToolOutcome.CodeUnderway();
        switch (failure) {
            case BUSY, BAD_REQUEST -> assertThat(words).isEqualTo("Verification send failed: Said so.");
            case NOT_FOUND, CONFLICT, UNAVAILABLE ->
                assertThat(words).contains("can't be sent").doesNotContain("Said so");
            case BAD_GATEWAY, TIMEOUT, INTERNAL -> assertThat(words).contains("not known whether the code was sent");
        }
        // Where too many were sent, the customer may still have one that an earlier call asked for.
        assertThat(outcome.actions().contains(hidden))
                .isEqualTo(words.contains("not known") || failure == Failure.BUSY);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void aCheckThatFailsVerifiesNobody(Failure failure) throws Exception {
        rig.failing(failure, "Said so.")
                .knowing(line().challenged(challenge(ALEX)).withCode(ENTERED));
        var outcome = rig.run("check-verification", "{}");
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
        assertThat(message(outcome)).startsWith("Verification check failed: ");
        assertThat(json(outcome).path("verified").booleanValue()).isFalse();
        assertThat(json(outcome).path("status").asText()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void aLookUpThatFailsTellsNoMoreOfAClaimThanOfTheLine(Failure failure) throws Exception {
        rig.failing(failure, "Said so.");
        var line = rig.run("lookup-customer", "{}");
        assertThat(line.success()).isFalse();
        assertThat(line.actions()).isEmpty();
        assertThat(rig.run("lookup-customer", "{\"email\":\"a@example.com\"}").content())
                .isEqualTo(line.content());
    }

    @Test
    void whoIsVerifiedIsNamedWithHisTickets() throws Exception {
        var outcome = rig.verified().run("lookup-customer", "{\"email\":\"bo@example.com\"}");
        assertThat(message(outcome)).isEqualTo("Customer found: Alex Morgan with 1 open tickets");
        assertThat(json(outcome).path("openTickets").path(0).path("number").asText())
                .isEqualTo("INC0010023");
        assertThat(outcome.actions()).isEmpty();
        assertThat(rig.asked).hasSize(1).first().isInstanceOf(ServiceNowProtocol.ListTickets.class);
    }

    @Test
    void s10_aGrantNamesNobodyElse() throws Exception {
        var outcome = rig.knowing(claim(BO).admitted(grant(ALEX))).run("lookup-customer", "{}");
        assertThat(outcome.content()).doesNotContain("Bo", "Berg");
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
