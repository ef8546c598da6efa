package dev.callbus.sandbox.servicenow.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever is in an encoded query, it remains data. */
class QueryInjectionTest {
    private static final Session ADMIN =
            new Session("1", "admin", Set.of("admin"), ZoneId.of("UTC"), Instant.parse("2026-08-04T20:00:00Z"));

    private static final Platform platform = new Platform("jdbc:h2:mem:injection", commit -> {});

    @AfterContainer
    static void close() {
        platform.close();
    }

    @Property(tries = 300)
    void takesWhateverIsSentAsData(@ForAll("queries") String query) {
        assertThat(total("incident", query)).isBetween(0L, 200L);
        assertThat(total("incident", "")).isEqualTo(200);
    }

    @Property(tries = 100)
    void findsNothingByATextThatNoRecordHas(@ForAll("injections") String text) {
        assertThat(total("incident", "short_description=" + text)).isZero();
        assertThat(total("incident", "short_descriptionLIKE" + text)).isZero();
        assertThat(total("incident", "caller_id.nameENDSWITH" + text)).isZero();
    }

    @Provide
    Arbitrary<String> queries() {
        var fields = Arbitraries.of(
                "number", "state", "caller_id", "caller_id.name", "opened_at", "active", "comments", "x");
        var operators = Arbitraries.of(
                "=",
                "!=",
                ">",
                "<=",
                "IN",
                "NOT IN",
                "LIKE",
                "NOT LIKE",
                "STARTSWITH",
                "%",
                "ISEMPTY",
                "BETWEEN",
                "ON",
                "SAMEAS",
                "GT_FIELD",
                "DATEPART",
                "RELATIVEGT",
                "DYNAMIC",
                "INSTANCEOF",
                "EMPTYSTRING",
                "ORDERBY",
                "??");
        var values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.of(
                        "'",
                        "';DROP TABLE incident;--",
                        "1",
                        "a@b",
                        "javascript:gs.daysAgo(99999999)",
                        "state",
                        "99999999999"));
        var joins = Arbitraries.of("^", "^OR", "^NQ", "^^", "");
        var term = Combinators.combine(joins, fields, operators, values)
                .as((join, field, operator, value) -> join + field + operator + value);
        return term.list().ofMaxSize(6).map(terms -> String.join("", terms));
    }

    @Provide
    Arbitrary<String> injections() {
        return Arbitraries.of(
                "' OR '1'='1",
                "\" OR 1=1 --",
                "'; DROP TABLE \"incident\"; --",
                "\\' OR TRUE --",
                "%' OR 'a' LIKE 'a",
                "!%",
                "!");
    }

    private static long total(String table, String query) {
        var found = platform.search(ADMIN, platform.table(table), new Search(EncodedQuery.of(query), 1000, 0));
        assertThat(found.rows()).hasSize((int) found.total());
        return found.total();
    }
}
