package dev.callbus.servicenow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that no value can break out of. */
class EncodedQueryTest {
    /** The operators as ServiceNow's parser knows them, the longest first. */
    private static final Pattern PARSER = Pattern.compile(
            "([a-z][a-z0-9_.]*?)(STARTSWITH|ENDSWITH|NOT IN|ISEMPTY|LIKE|IN|!=|>=|<=|=|>|<)(.*)", Pattern.DOTALL);

    @Test
    void bindsAlternativesToEachOther() {
        var query = EncodedQuery.whereAny(
                        List.of(Condition.contains("phone", "1111"), Condition.contains("mobile_phone", "1111")))
                .and(Condition.is("active", "true"))
                .latestFirst("sys_created_on");
        assertThat(query.text())
                .isEqualTo("phoneLIKE1111^ORmobile_phoneLIKE1111^active=true^ORDERBYDESCsys_created_on");
        assertThat(query.columns()).containsExactly("active", "mobile_phone", "phone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INC9^ORnumberISNOTEMPTY",
                "^",
                "a\nb",
                "javascript:gs.getUserID()",
                " JavaScript:x",
                "",
                "  ",
                "NULL",
                "null"
            })
    void s8RefusesValuesThatAreMoreThanValues(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.is("number", value));
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.contains("phone", value));
    }

    @Test
    void refusesColumnsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.is("number=1^x", "1"));
    }

    @Test
    void refusesACommaInAList() {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.oneOf("sys_id", List.of("a,b")));
    }

    @Test
    void holdsOnlyForRowsThatMeetEveryCondition() {
        var query = EncodedQuery.where(Condition.is("number", "INC1"), Condition.isNot("state", "7"));
        assertThat(query.holds(row("number", "inc1", "state", "2"))).isTrue();
        assertThat(query.holds(row("number", "INC1", "state", "7"))).isFalse();
        assertThat(query.holds(row("number", "INC2", "state", "2"))).isFalse();
        assertThat(query.holds(row("state", "2")))
                .as("a column that may not be read")
                .isFalse();
    }

    @Property(tries = 5000)
    void s8WhateverTheInputTheQueryHasExactlyTheIntendedConditions(
            @ForAll("hostile") String first, @ForAll("hostile") String second) {
        if (!Condition.isAllowed(first) || !Condition.isAllowed(second)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EncodedQuery.where(Condition.is("number", first), Condition.is("email", second)));
            return;
        }
        var query = EncodedQuery.where(Condition.is("number", first))
                .andAny(List.of(Condition.contains("phone", second), Condition.startsWith("email", first)))
                .latestFirst("opened_at");
        assertThat(parse(query.text()))
                .containsExactly(
                        "number|=|" + first.strip(),
                        "phone|LIKE|" + second.strip(),
                        "OR email|STARTSWITH|" + first.strip(),
                        "ORDERBYDESCopened_at");
    }

    @Provide
    Arbitrary<String> hostile() {
        var pieces = Arbitraries.of(
                "^",
                "^OR",
                "^NQ",
                "^EQ",
                "ORDERBY",
                "javascript:",
                "=",
                "!=",
                "IN",
                "ISNOTEMPTY",
                "NULL",
                "a",
                "1",
                ",",
                "@",
                "\n",
                "\t",
                " ",
                "INC0010001",
                "number",
                "%5E",
                "DYNAMIC",
                "\u0000",
                "é");
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                pieces.list().ofMaxSize(6).map(list -> String.join("", list)));
    }

    /** What a parser that splits at {@code ^} makes of the text. */
    private static List<String> parse(String text) {
        var conditions = new ArrayList<String>();
        for (var part : text.split("\\^", -1)) {
            if (part.startsWith("ORDERBY")) {
                conditions.add(part);
                continue;
            }
            boolean or = part.startsWith("OR");
            var match = PARSER.matcher(or ? part.substring(2) : part);
            conditions.add(
                    match.matches()
                            ? (or ? "OR " : "") + match.group(1) + "|" + match.group(2) + "|" + match.group(3)
                            : "unparsable: " + part);
        }
        return conditions;
    }

    private static Row row(String... pairs) {
        var cells = new java.util.HashMap<String, Cell>();
        for (int i = 0; i < pairs.length; i += 2) {
            cells.put(pairs[i], new Cell(pairs[i + 1], pairs[i + 1]));
        }
        return new Row(Map.copyOf(cells));
    }
}
