package dev.callbus.sandbox.servicenow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.callbus.sandbox.servicenow.query.Condition.Alternatives;
import dev.callbus.sandbox.servicenow.query.Condition.Comparison;
import dev.callbus.sandbox.servicenow.query.EncodedQuery.Direction;
import dev.callbus.sandbox.servicenow.query.EncodedQuery.Group;
import dev.callbus.sandbox.servicenow.query.EncodedQuery.Order;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryReaderTest {

    @Test
    void bindsAnAlternativeToTheConditionBeforeItOnly() {
        assertThat(EncodedQuery.of("a=1^b=2^ORc=3").groups())
                .containsExactly(group(anyOf(equal("a", "1")), anyOf(equal("b", "2"), equal("c", "3"))));
    }

    @Test
    void opensAGroupAtEachNq() {
        assertThat(EncodedQuery.of("a=1^NQb=2^c=3").groups())
                .containsExactly(group(anyOf(equal("a", "1"))), group(anyOf(equal("b", "2")), anyOf(equal("c", "3"))));
    }

    @Test
    void readsOrdersWhereverTheyStand() {
        var query = EncodedQuery.of("ORDERBYpriority^active=true^ORDERBYDESCsys_created_on^EQ");

        assertThat(query.orders())
                .containsExactly(
                        new Order("priority", Direction.ASCENDING), new Order("sys_created_on", Direction.DESCENDING));
        assertThat(query.groups()).containsExactly(group(anyOf(equal("active", "true"))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "a=b, EQUALS, b",
                "a!=b, NOT_EQUALS, b",
                "a>=5, GREATER_OR_EQUAL, 5",
                "a<=5, LESS_OR_EQUAL, 5",
                "a>5, GREATER, 5",
                "a<5, LESS, 5",
                "\"aIN1,2\", IN, \"1,2\"",
                "\"aNOT IN1,2\", NOT_IN, \"1,2\"",
                "aSTARTSWITHx, STARTS_WITH, x",
                "aENDSWITHx, ENDS_WITH, x",
                "a%x, ENDS_WITH, x",
                "aLIKEx, CONTAINS, x",
                "a*x, CONTAINS, x",
                "aCONTAINSx, CONTAINS, x",
                "aNOT LIKEx, NOT_CONTAINS, x",
                "aNOTLIKEx, NOT_CONTAINS, x",
                "a!*x, NOT_CONTAINS, x",
                "aISEMPTY, IS_EMPTY, \"\"",
                "aISNOTEMPTY, IS_NOT_EMPTY, \"\"",
                "aANYTHING, ANYTHING, \"\"",
                "aEMPTYSTRING, EMPTY_STRING, \"\"",
                "aBETWEEN1@3, BETWEEN, 1@3",
                "aSAMEASb, SAME_AS, b",
                "aNSAMEASb, NOT_SAME_AS, b",
                "aGT_FIELDb, GREATER_THAN_FIELD, b",
                "aLT_OR_EQUALS_FIELDb, LESS_OR_EQUAL_FIELD, b",
                "aINSTANCEOFtask, INSTANCE_OF, task",
                "aONToday@x@y, ON, Today@x@y",
                "aNOTONToday@x@y, NOT_ON, Today@x@y",
                "aRELATIVEGT@hour@ago@3, RELATIVE_AFTER, @hour@ago@3",
                "aDYNAMICabc, DYNAMIC, abc",
                "a.b.c=d, EQUALS, d"
            })
    void knowsTheOperators(String text, Operator operator, String value) {
        var condition = EncodedQuery.of(text)
                .groups()
                .getFirst()
                .all()
                .getFirst()
                .conditions()
                .getFirst();

        assertThat(condition).isInstanceOfSatisfying(Comparison.class, comparison -> {
            assertThat(comparison.operator()).isEqualTo(operator);
            assertThat(comparison.value()).isEqualTo(value);
        });
    }

    @Test
    void leavesOutWhatItCannotRead() {
        assertThat(EncodedQuery.of("Active=true^b=2^^c~3^ORd=4").groups())
                .containsExactly(group(anyOf(equal("b", "2")), anyOf(equal("d", "4"))));
    }

    @Test
    void readsARelatedListWithItsFilter() {
        var query = EncodedQuery.of("active=true^RLQUERYincident.caller_id,>=2^state=1^ORstate=2^ENDRLQUERY^vip=true");

        assertThat(query.groups())
                .containsExactly(group(
                        anyOf(equal("active", "true")),
                        anyOf(new Condition.RelatedList(
                                "incident",
                                "caller_id",
                                Operator.GREATER_OR_EQUAL,
                                2,
                                List.of(anyOf(equal("state", "1"), equal("state", "2"))))),
                        anyOf(equal("vip", "true"))));
    }

    @Test
    void readsATextSearch() {
        assertThat(EncodedQuery.of("123TEXTQUERY321=vpn drops").groups())
                .containsExactly(group(anyOf(new Condition.TextSearch("vpn drops"))));
    }

    @Property
    void readsAnyText(@ForAll String text) {
        assertThatCode(() -> EncodedQuery.of(text)).doesNotThrowAnyException();
    }

    private static Group group(Alternatives... all) {
        return new Group(List.of(all));
    }

    private static Alternatives anyOf(Condition... conditions) {
        return new Alternatives(List.of(conditions));
    }

    private static Comparison equal(String field, String value) {
        return new Comparison(field, Operator.EQUALS, value);
    }
}
