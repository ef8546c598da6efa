package dev.callbus.tool.helpdesk;

import static dev.callbus.tool.helpdesk.DeskRig.ALEX;
import static dev.callbus.tool.helpdesk.DeskRig.SUMMARY;
import static dev.callbus.tool.helpdesk.DeskRig.grant;
import static dev.callbus.tool.helpdesk.DeskRig.json;
import static dev.callbus.tool.helpdesk.DeskRig.line;
import static dev.callbus.tool.helpdesk.DeskRig.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.asset.ToolManifest;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Sensitive;
import dev.callbus.llm.ToolSpec;
import dev.callbus.servicenow.NewTicket;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.servicenow.TicketChange;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.verify.VerifyProtocol;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tickets as a model sees them. Names that begin with a letter and a number cite a defect. */
class TicketToolsTest {
    private static final Map<String, String> PROTECTED = Map.of(
            "list-my-tickets",
            "{}",
            "get-servicenow-ticket",
            "{\"ticketNumber\":\"INC0010023\"}",
            "create-servicenow-ticket",
            "{\"shortDescription\":\"Printer on fire\",\"callerSysId\":\"abc\"}",
            "update-servicenow-ticket",
            "{\"ticketNumber\":\"INC0010023\",\"state\":\"2\"}");

    private final DeskRig rig;

    TicketToolsTest() throws TimeoutException {
        rig = new DeskRig();
    }

    @AfterEach
    void close() throws TimeoutException {
        rig.close();
    }

    static List<Standing> unproved() {
        return List.of(
                Standing.UNKNOWN,
                line(),
                DeskRig.claim(ALEX),
                line().challenged(DeskRig.challenge(ALEX)).withCode(new Sensitive(DeskRig.CODE)),
                line().admitted(DeskRig.expired()));
    }

    @ParameterizedTest
    @MethodSource("unproved")
    void s3_withoutAProofNoTicketIsTouched(Standing standing) throws Exception {
        rig.knowing(standing);
        for (var tool : PROTECTED.entrySet()) {
            var outcome = rig.run(tool.getKey(), tool.getValue());
            assertThat(outcome.success()).isFalse();
            assertThat(outcome.actions()).isEmpty();
            assertThat(message(outcome)).startsWith("Refused: nobody has proved yet who is on the line.");
        }
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void s3_aGrantOfAnotherCallOpensNothing() throws Exception {
        rig.verified();
        for (var tool : PROTECTED.entrySet()) {
            assertThat(rig.run("CA-another", tool.getKey(), tool.getValue()).success())
                    .isFalse();
        }
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void s3_protectedToolsAreOfferedToTheVerifiedOnly() {
        var manifest = ToolManifest.of("all", List.copyOf(rig.tools.names()));
        assertThat(rig.tools.specs(manifest, false))
                .extracting(ToolSpec::name)
                .contains("lookup-customer", "send-verification", "check-verification")
                .doesNotContainAnyElementsOf(PROTECTED.keySet());
        assertThat(rig.tools.specs(manifest, true)).extracting(ToolSpec::name).containsAll(PROTECTED.keySet());
    }

    @Test
    void noSchemaHasAPlaceForWhatTheServerKnows() {
        var manifest = ToolManifest.of("all", List.copyOf(rig.tools.names()));
        assertThat(rig.tools.specs(manifest, true))
                .filteredOn(spec -> PROTECTED.containsKey(spec.name())
                        || spec.name().contains("verification")
                        || spec.name().contains("customer"))
                .hasSize(7)
                .allSatisfy(spec -> assertThat(spec.schema())
                        .doesNotContainIgnoringCase("sysId", "sys_id", "caller_id", "callSid", "\"code\"", "grant"));
    }

    @Test
    void c12_aTicketIsReadWithLabelsNamesAndItsHistory() throws Exception {
        var outcome = rig.verified().run("get-servicenow-ticket", "{\"ticketNumber\":\"INC0010023\"}");
        assertThat(message(outcome)).isEqualTo("Successfully retrieved ticket INC0010023");
        assertThat(json(outcome).path("ticketNumber").asText()).isEqualTo("INC0010023");
        assertThat(json(outcome).path("ticket").toString())
                .isEqualTo(
                        "{\"number\":\"INC0010023\",\"short_description\":\"Printer on fire\",\"state\":\"In Progress\","
                                + "\"priority\":\"3 - Moderate\",\"opened_at\":\"2026-11-20 08:00:00\",\"assigned_to\":\"Dana Fox\","
                                + "\"assignment_group\":\"Unassigned\",\"description\":\"It burns.\",\"urgency\":\"2 - Medium\","
                                + "\"impact\":\"3 - Low\",\"category\":\"Hardware\",\"contact_type\":\"Phone\","
                                + "\"updated_at\":\"2026-11-20 09:00:00\",\"resolved_at\":\"2026-11-20 09:00:00\","
                                + "\"close_code\":\"Solution provided\",\"resolution_notes\":\"Put out.\",\"history\":[{"
                                + "\"at\":\"2026-11-20 08:30:00\",\"kind\":\"work note\",\"by\":\"Dana Fox\","
                                + "\"text\":\"Called the fire brigade.\"}]}");
        assertThat(outcome.actions())
                .containsExactly(new ToolOutcome.Concerns(new Standing.Concern("INC0010023", DeskRig.TICKET_ID)));
    }

    @Test
    void s11_aTicketOfSomebodyElseIsAsOneThatDoesNotExist() throws Exception {
        rig.verified();
        for (var tool : List.of("get-servicenow-ticket", "update-servicenow-ticket")) {
            rig.failing(Failure.NOT_FOUND, "There is none.");
            var none = rig.run(tool, "{\"ticketNumber\":\"INC0010099\",\"state\":2}");
            rig.failing(Failure.NOT_FOUND, "It is Bo Berg's.");
            var others = rig.run(tool, "{\"ticketNumber\":\"INC0010099\",\"state\":2}");
            assertThat(others.content())
                    .isEqualTo(none.content())
                    .isEqualTo("{\"success\":false,\"message\":\"Ticket INC0010099 not found in ServiceNow\","
                            + "\"ticketNumber\":\"INC0010099\"}");
            assertThat(others.actions()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"ticketNumber", "ticket_number", "ticket_identifier", "number"})
    void c13_aTicketIsNamedByEveryNameThatWasUsed(String name) throws Exception {
        rig.verified();
        var arguments = "{\"" + name + "\":\"INC0010023\",\"workNotes\":\"x\"}";
        rig.run("get-servicenow-ticket", arguments);
        rig.run("update-servicenow-ticket", arguments);
        assertThat(rig.asked(ServiceNowProtocol.ReadTicket.class).number()).isEqualTo("INC0010023");
        assertThat(rig.asked(ServiceNowProtocol.UpdateTicket.class).number()).isEqualTo("INC0010023");
    }

    @Test
    void aSpokenNumberReachesServiceNowAsItWasSaid() throws Exception {
        rig.verified().run("get-servicenow-ticket", "{\"ticketNumber\":\"I N C zero zero one zero zero two three\"}");
        assertThat(rig.asked(ServiceNowProtocol.ReadTicket.class).number())
                .isEqualTo("I N C zero zero one zero zero two three");
    }

    @Test
    void s8_aQueryInPlaceOfANumberIsPassedOnToBeRefused() throws Exception {
        rig.verified().failing(Failure.BAD_REQUEST, "That is no ticket number.");
        var outcome = rig.run("update-servicenow-ticket", "{\"ticketNumber\":\"INC9^ORnumberISNOTEMPTY\",\"state\":2}");
        assertThat(message(outcome)).isEqualTo("That is no ticket number.");
        assertThat(outcome.success()).isFalse();
    }

    @Test
    void c13_allArgumentsOfACreationAreUnderstoodUnderBothSpellings() throws Exception {
        var expected = new NewTicket(
                "Printer on fire", "It burns.", 1, 2, "Hardware", "printer", "phone", "Bring water.", "INC0010001");
        rig.verified();
        for (var arguments : List.of(
                "{'shortDescription':'Printer on fire','description':'It burns.','callerSysId':'b0b','priority':'1',"
                        + "'urgency':'2','category':'Hardware','subcategory':'printer','contactType':'phone',"
                        + "'workNotes':'Bring water.','parentCase':'INC0010001'}",
                "{'short_description':' Printer on fire ','details':'It burns.','caller_id':'b0b','priority':1,"
                        + "'urgency':2,'category':'Hardware','subcategory':'printer','contact_type':'phone',"
                        + "'work_notes':'Bring water.','parent_incident':'INC0010001','sys_id':'b0b','grant':{}}",
                "{'title':'Printer on fire','description':'It burns.','priority':1,'urgency':2,'category':'Hardware',"
                        + "'subcategory':'printer','contactType':'phone','work_notes':'Bring water.','parent':'INC0010001'}")) {
            rig.run("create-servicenow-ticket", arguments.replace('\'', '"'));
            var asked = rig.asked(ServiceNowProtocol.CreateTicket.class);
            assertThat(asked.ticket()).isEqualTo(expected);
            assertThat(asked.grant().customer()).isEqualTo(DeskRig.SYS_ID);
            assertThat(asked.callSid()).isEqualTo(DeskRig.CALL);
        }
    }

    @Test
    void c13_allArgumentsOfAChangeAreUnderstoodUnderBothSpellings() throws Exception {
        var expected = new TicketChange(
                6,
                3,
                2,
                "note",
                "comment",
                "Known error",
                "Done.",
                "Awaiting Vendor",
                "Dana",
                "Network",
                "network",
                "email");
        rig.verified();
        for (var arguments : List.of(
                "{'ticketNumber':'INC0010023','state':'6','priority':'3','urgency':'2','workNotes':'note',"
                        + "'comment':'comment','closeCode':'Known error','resolutionNotes':'Done.',"
                        + "'holdReason':'Awaiting Vendor','assignedTo':'Dana','assignmentGroup':'Network',"
                        + "'category':'network','subcategory':'email','caller_id':'b0b'}",
                "{'ticket_number':'INC0010023','state':6,'priority':3,'urgency':2,'work_notes':'note',"
                        + "'comments':'comment','close_code':'Known error','close_notes':'Done.',"
                        + "'hold_reason':'Awaiting Vendor','assigned_to':'Dana','assignment_group':'Network',"
                        + "'category':'network','subcategory':'email','sys_id':'b0b'}",
                "{'number':'INC0010023','state':6,'priority':3,'urgency':2,'workNotes':'note',"
                        + "'additionalComments':'comment','closeCode':'Known error','resolution_notes':'Done.',"
                        + "'onHoldReason':'Awaiting Vendor','assignedTo':'Dana','assignmentGroup':'Network',"
                        + "'category':'network','subcategory':'email'}")) {
            rig.run("update-servicenow-ticket", arguments.replace('\'', '"'));
            var asked = rig.asked(ServiceNowProtocol.UpdateTicket.class);
            assertThat(asked.change()).isEqualTo(expected);
            assertThat(asked.key()).isEqualTo("1.1.call_0");
            assertThat(asked.grant().customer()).isEqualTo(DeskRig.SYS_ID);
        }
    }

    @Test
    void argumentsThatAreMissingOrNoneAreNamed() throws Exception {
        rig.verified();
        assertThat(message(rig.run("get-servicenow-ticket", "{\"sys_id\":\"b0b\"}")))
                .isEqualTo("Missing arguments: ticketNumber");
        assertThat(message(rig.run("create-servicenow-ticket", "{\"shortDescription\":\"  \"}")))
                .startsWith("shortDescription is empty");
        assertThat(message(rig.run("update-servicenow-ticket", "{\"ticketNumber\":\"INC1\",\"state\":\"solved\"}")))
                .startsWith("The arguments are not valid");
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void aTicketIsMadeWithItsNumber() throws Exception {
        rig.creation = Future.succeededFuture(
                new ServiceNowProtocol.Created(SUMMARY, false, List.of("category (ServiceNow has no such value)")));
        var outcome = rig.verified().run("create-servicenow-ticket", "{\"shortDescription\":\"Printer on fire\"}");
        assertThat(outcome.success()).isTrue();
        assertThat(message(outcome)).isEqualTo("Successfully created ticket INC0010023");
        assertThat(json(outcome).path("ticketNumber").asText()).isEqualTo("INC0010023");
        assertThat(json(outcome).path("ticket").path("state").asText()).isEqualTo("In Progress");
        assertThat(json(outcome).path("notTaken").path(0).asText())
                .isEqualTo("category (ServiceNow has no such value)");
        assertThat(outcome.actions())
                .containsExactly(new ToolOutcome.Concerns(new Standing.Concern("INC0010023", DeskRig.TICKET_ID)));
    }

    @Test
    void c28_aTicketThatThisCallMadeBeforeIsNotCalledNew() throws Exception {
        rig.creation = Future.succeededFuture(new ServiceNowProtocol.Created(SUMMARY, true, List.of()));
        var outcome = rig.verified().run("create-servicenow-ticket", "{\"shortDescription\":\"Printer on fire\"}");
        assertThat(message(outcome)).isEqualTo("This call made ticket INC0010023 before; there is no second one");
        assertThat(json(outcome).path("ticketNumber").asText()).isEqualTo("INC0010023");
    }

    @Test
    void c28_aTicketThatIsKeptBackIsNotCalledMade() throws Exception {
        rig.creation = Future.succeededFuture(new ServiceNowProtocol.Queued("ServiceNow is not working"));
        var outcome = rig.verified().run("create-servicenow-ticket", "{\"shortDescription\":\"Printer on fire\"}");
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
        assertThat(json(outcome).path("queued").booleanValue()).isTrue();
        assertThat(json(outcome).has("ticketNumber")).isFalse();
        assertThat(message(outcome))
                .startsWith("The ticket is not in the ticket system yet: ServiceNow is not working.")
                .contains("no number yet", "not create it again");
    }

    @Test
    void aChangeIsToldWithWhatWasTaken() throws Exception {
        var outcome = rig.verified().run("update-servicenow-ticket", "{\"ticketNumber\":\"INC0010023\",\"state\":2}");
        assertThat(message(outcome)).isEqualTo("Successfully updated ticket INC0010023");
        assertThat(json(outcome).path("updatedFields").toString()).isEqualTo("[\"state\",\"work_notes\"]");
        assertThat(json(outcome).path("ticket").path("updated_at").asText()).isEqualTo("2026-11-21 10:00:00");
        rig.updated = Future.succeededFuture(
                new ServiceNowProtocol.Updated(SUMMARY, "", List.of(), List.of("state (ServiceNow did not take it)")));
        var nothing = rig.run("update-servicenow-ticket", "{\"ticketNumber\":\"INC0010023\",\"state\":2}");
        assertThat(nothing.success()).isFalse();
        assertThat(message(nothing)).isEqualTo("Nothing of ticket INC0010023 was changed");
        assertThat(json(nothing).path("notTaken").path(0).asText()).contains("did not take it");
    }

    @Test
    void ticketsAreListedOpenOnesOnlyUnlessAskedOtherwise() throws Exception {
        rig.verified();
        var outcome = rig.run("list-my-tickets", "{}");
        assertThat(rig.asked(ServiceNowProtocol.ListTickets.class).closedToo()).isFalse();
        assertThat(json(outcome).path("ticketCount").asInt()).isEqualTo(1);
        assertThat(json(outcome).path("tickets").path(0).path("assigned_to").asText())
                .isEqualTo("Dana Fox");
        rig.run("list-my-tickets", "{\"includeClosed\":\"true\"}");
        assertThat(rig.asked(ServiceNowProtocol.ListTickets.class).closedToo()).isTrue();
        rig.listed = Future.succeededFuture(new ServiceNowProtocol.Tickets(List.of()));
        assertThat(message(rig.run("list-my-tickets", "{}"))).isEqualTo("The caller has no open tickets");
        assertThat(message(rig.run("list-my-tickets", "{\"includeClosed\":true}")))
                .isEqualTo("The caller has no tickets");
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void aFailureIsNeverCalledDone(Failure failure) throws Exception {
        rig.verified().failing(failure, "Said so.");
        for (var tool : PROTECTED.entrySet()) {
            var outcome = rig.run(tool.getKey(), tool.getValue());
            assertThat(outcome.success()).isFalse();
            assertThat(outcome.actions()).isEmpty();
            boolean writes = tool.getKey().startsWith("create") || tool.getKey().startsWith("update");
            boolean named = tool.getKey().startsWith("get") || tool.getKey().startsWith("update");
            assertThat(message(outcome))
                    .contains(
                            switch (failure) {
                                case BAD_REQUEST, CONFLICT -> "Said so.";
                                case NOT_FOUND -> named ? "not found in ServiceNow" : "Said so.";
                                case BUSY -> "the ticket system is busy";
                                case UNAVAILABLE -> "can't be reached right now";
                                case BAD_GATEWAY, TIMEOUT, INTERNAL ->
                                    writes ? "It is not known whether" : "can't be reached right now";
                            });
        }
    }

    @Test
    void anAnswerThatCannotBeReadLeavesAWriteUnknown() throws Exception {
        rig.verified().creation = Future.failedFuture(new IllegalStateException("a defect"));
        assertThat(message(rig.run("create-servicenow-ticket", "{\"shortDescription\":\"x\"}")))
                .startsWith("It is not known whether")
                .doesNotContain("defect");
    }

    @Test
    void noOutcomeHasAnIdANumberACodeOrASeal() throws Exception {
        var outcomes = new ArrayList<ToolOutcome>();
        rig.knowing(Standing.UNKNOWN);
        outcomes.add(rig.run("lookup-customer", "{}"));
        outcomes.add(rig.run("lookup-customer", "{\"email\":\"a@example.com\"}"));
        for (var known : List.of(line(), DeskRig.claim(ALEX))) {
            var challenged = known.challenged(DeskRig.challenge(ALEX));
            rig.knowing(known);
            outcomes.add(rig.run("send-verification", "{}"));
            outcomes.add(rig.run("send-verification", "{\"to\":\"99\"}"));
            rig.knowing(challenged.withCode(new Sensitive(DeskRig.CODE)));
            outcomes.add(rig.run("check-verification", "{}"));
            rig.checked = Future.succeededFuture(new VerifyProtocol.Checked("pending", null, 2));
            outcomes.add(rig.run("check-verification", "{}"));
            rig.checked = Future.succeededFuture(new VerifyProtocol.Checked("approved", grant(ALEX), 2));
        }
        rig.verified();
        for (var tool : PROTECTED.entrySet()) {
            outcomes.add(rig.run(tool.getKey(), tool.getValue()));
        }
        outcomes.add(rig.run("lookup-customer", "{}"));
        outcomes.add(rig.run("live-agent-handoff", "{\"summary\":\"x\",\"ticketNumber\":\"INC0010023\"}"));
        assertThat(outcomes)
                .hasSize(16)
                .allSatisfy(outcome -> assertThat(outcome.content())
                        .doesNotContain(
                                DeskRig.SYS_ID,
                                DeskRig.TICKET_ID,
                                DeskRig.CODE,
                                DeskRig.MOBILE.substring(1),
                                DeskRig.BUSINESS.substring(1),
                                "5550001111",
                                grant(ALEX).seal().substring(0, 8),
                                DeskRig.challenge(ALEX).seal().substring(0, 8))
                        .doesNotContainPattern("[0-9a-f]{32}"));
        assertThat(outcomes.toString()).doesNotContain("Printer", "Alex", "Dana", DeskRig.CODE, "5550001", "seal");
    }

    @Test
    void noArgumentsPrintWhatCallersSaid() {
        assertThat(List.of(
                                new LookupCustomer.Arguments("alex@example.com", "E1234"),
                                new SendVerification.Arguments("+15550001142", "sms"),
                                new CreateTicket.Arguments("secret", null, 1, 1, null, null, null, null, null),
                                new UpdateTicket.Arguments(
                                        "INC1", 1, 1, 1, "secret", "secret", null, "secret", null, null, null, null,
                                        null))
                        .toString())
                .doesNotContain("alex", "E1234", "1555", "secret");
        assertThat(new ToolOutcome.EndCall("end-call", "secret", Map.of("callSummary", "secret")).toString())
                .contains("end-call")
                .doesNotContain("secret");
        assertThat(line().challenged(DeskRig.challenge(ALEX))
                        .withCode(new Sensitive(DeskRig.CODE))
                        .admitted(grant(ALEX))
                        .toString())
                .doesNotContain("Alex", DeskRig.CODE, "5550001", grant(ALEX).seal());
    }

    @Test
    void aFailureOfANeighbourIsReadAsOneOfThisNode() throws Exception {
        rig.verified().read =
                Future.failedFuture(new BusException(Failure.TIMEOUT, "servicenow.ticket.read: timed out"));
        var outcome = rig.run("get-servicenow-ticket", "{\"ticketNumber\":\"INC0010023\"}");
        assertThat(message(outcome)).contains("can't be reached").doesNotContain("servicenow.ticket.read");
    }
}
