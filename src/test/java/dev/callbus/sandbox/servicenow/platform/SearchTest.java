package dev.callbus.sandbox.servicenow.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What encoded queries find among the seed. */
class SearchTest {
    private static final String ALEX = Seed.id("sys_user", "alex.morgan");
    private static final Session AGENT =
            new Session(ALEX, "alex.morgan", Set.of("itil"), ZoneId.of("UTC"), Instant.parse("2026-08-04T20:00:00Z"));

    private static Platform platform;

    @BeforeAll
    static void open() {
        platform = new Platform("jdbc:h2:mem:search", commit -> {});
    }

    @AfterAll
    static void close() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caller_id=javascript:gs.getUserID()                          | 3",
                "caller_idDYNAMIC90d1921e5f510100a9ad2572f2b477fe             | 3",
                "caller_id.email=ALEX.MORGAN@example.com                      | 3",
                "caller_id.name=Alex Morgan^active=true                       | 2",
                "caller_idLIKEmorgan                                          | 3",
                "caller_idSTARTSWITHAlex^state=7                              | 1",
                "caller_id=Alex Morgan                                        | 0",
                "number=INC0010001                                            | 1",
                "number=inc0010001                                            | 1",
                "numberININC0010001,INC0010003,nonsense                       | 2",
                "number>=INC0010195                                           | 6",
                "numberENDSWITH0010007                                        | 1",
                "numberBETWEENINC0010001@INC0010004                           | 4",
                "number=INC0010001^NQnumber=INC0010002                        | 2",
                "number=INC0010001^ORnumber=INC0010002^state=1                | 1",
                "number=INC0010001^state=1^ORstate=2                          | 1",
                "number=INC0010001^priority<2                                 | 0",
                "number=INC0010001^priority>=2^priority<=2                    | 1",
                "number=INC0010001^priority!=x                                | 1",
                "number=INC0010001^priority=x                                 | 0",
                "number=INC0010002^subcategory=Monitor^short_descriptionLIKESECOND | 1",
                "short_descriptionLIKE%                                       | 0",
                "short_descriptionLIKE_                                       | 0",
                "number=INC0010001^hold_reasonISEMPTY^resolved_atISEMPTY      | 1",
                "number=INC0010001^hold_reasonISNOTEMPTY                      | 0",
                "number=INC0010001^short_descriptionANYTHING                  | 1",
                "number=INC0010001^stateSAMEASincident_state                  | 1",
                "number=INC0010001^impactGT_FIELDurgency                      | 1",
                "number=INC0010001^impactLT_FIELDurgency                      | 0",
                "number=INC0010001^sys_class_nameINSTANCEOFtask               | 1",
                "number=INC0010001^sys_class_nameINSTANCEOFinteraction        | 0",
                "opened_at<2026-08-04 00:00:00                                | 1",
                "opened_atONToday@javascript:gs.beginningOfToday()@javascript:gs.endOfToday() | 2",
                "opened_atNOTONToday@javascript:gs.beginningOfToday()@javascript:gs.endOfToday() | 198",
                "opened_atON2026-08-03                                        | 1",
                "opened_atRELATIVEGT@day@ago@1^opened_at<2026-08-05           | 2",
                "opened_at>javascript:gs.daysAgoStart(1)^opened_at<2026-08-05 | 3",
                "opened_at<javascript:gs.dateGenerate('2026-08-04','00:00:00') | 1",
                "number=INC0010001^opened_atDATEPARTMonday@javascript:gs.datePart('dayofweek','1','EE') | 1",
                "number=INC0010001^opened_atDATEPARTTuesday@javascript:gs.datePart('dayofweek','2','EE') | 0",
                "123TEXTQUERY321=payroll report                               | 1",
                "active=1^caller_id.name=Alex Morgan                          | 2"
            })
    void findsIncidents(String query, int expected) {
        assertThat(total("incident", query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "colour=blue",
                "caller_id.colour=blue",
                "number.name=x",
                "caller_id=javascript:new GlideRecord('x')",
                "caller_id.manager.manager.manager.manager.name=x",
                "openedON",
                "opened_atRELATIVEGT@fortnight@ago@1",
                "numberBETWEENINC0010001"
            })
    void leavesOutConditionsThatMakeNoSenseAndSoFindsAll(String query) {
        assertThat(total("incident", query)).isEqualTo(200);
        assertThat(total("incident", "number=INC0010001^" + query)).isEqualTo(1);
    }

    @Test
    void findsUsersByTheirRelatedRecords() {
        assertThat(find("sys_user", "RLQUERYincident.caller_id,=3^ENDRLQUERY^user_name=alex.morgan"))
                .hasSize(1);
        assertThat(find("sys_user", "RLQUERYincident.caller_id,>=3^active=true^ENDRLQUERY^user_name=alex.morgan"))
                .isEmpty();
        assertThat(find("sys_user", "user_name=marta.kowalska^RLQUERYincident.caller_id,=0^ENDRLQUERY"))
                .hasSize(1);
    }

    @Test
    void sortsReferencesByTheirNamesAndIntegersAsNumbers() {
        assertThat(find("incident", "numberININC0010001,INC0010004,INC0010006^ORDERBYDESCcaller_id"))
                .extracting(row -> row.get("number"))
                .containsExactly("INC0010006", "INC0010004", "INC0010001");
        assertThat(find("sys_choice", "name=incident^element=category^ORDERBYsequence"))
                .extracting(row -> row.get("value"))
                .startsWith("inquiry", "software", "hardware");
    }

    @Test
    void countsRowsThatTheUserMayNotSee() {
        var found = platform.search(
                AGENT, platform.table("incident"), new Search(EncodedQuery.of("category=security"), 1000, 0));

        assertThat(found.total()).isPositive();
        assertThat(found.rows()).isEmpty();
        assertThat(found.onPage()).isEqualTo((int) found.total());
    }

    @Test
    void refusesToSearchByFieldsThatOnlyAdministratorsRead() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> find("incident", "caller_id.failed_attempts>3"))
                .satisfies(refusal -> assertThat(refusal.detail())
                        .isEqualTo("Field(s) present in the query do not have permission to be read"));
    }

    @Test
    void takesDisplayValuesInPairsOfFieldsAndValues() {
        var query = platform.filter(
                platform.table("incident"),
                Map.of("caller_id", "Alex Morgan", "state", "In Progress", "sysparm_limit", "1"));

        assertThat(platform.search(AGENT, platform.table("incident"), new Search(query, 10, 0))
                        .rows())
                .extracting(row -> row.get("number"))
                .containsExactly("INC0010001");
    }

    private static List<Row> find(String table, String query) {
        return platform.search(AGENT, platform.table(table), new Search(EncodedQuery.of(query), 1000, 0))
                .rows();
    }

    private static long total(String table, String query) {
        return platform.count(AGENT, platform.table(table), EncodedQuery.of(query));
    }
}
