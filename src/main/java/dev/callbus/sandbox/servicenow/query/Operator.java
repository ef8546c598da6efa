package dev.callbus.sandbox.servicenow.query;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a condition asks of its field.
 *
 * <p>Source: servicenow.com/docs, "Operators available for filters and queries"
 */
public enum Operator {
    EQUALS("="),
    NOT_EQUALS("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    IN("IN"),
    NOT_IN("NOT IN", "NOTIN"),
    STARTS_WITH("STARTSWITH"),
    ENDS_WITH("ENDSWITH", "%"),
    CONTAINS("LIKE", "CONTAINS", "*"),
    NOT_CONTAINS("NOT LIKE", "NOTLIKE", "!*", "DOES NOT CONTAIN"),
    IS_EMPTY("ISEMPTY"),
    IS_NOT_EMPTY("ISNOTEMPTY"),
    ANYTHING("ANYTHING"),
    EMPTY_STRING("EMPTYSTRING"),
    BETWEEN("BETWEEN"),
    SAME_AS("SAMEAS"),
    NOT_SAME_AS("NSAMEAS"),
    GREATER_THAN_FIELD("GT_FIELD"),
    LESS_THAN_FIELD("LT_FIELD"),
    GREATER_OR_EQUAL_FIELD("GT_OR_EQUALS_FIELD"),
    LESS_OR_EQUAL_FIELD("LT_OR_EQUALS_FIELD"),
    INSTANCE_OF("INSTANCEOF"),
    ON("ON"),
    NOT_ON("NOTON"),
    DATE_PART("DATEPART"),
    RELATIVE_AFTER("RELATIVEGT"),
    RELATIVE_AT_OR_AFTER("RELATIVEGE"),
    RELATIVE_BEFORE("RELATIVELT"),
    RELATIVE_AT_OR_BEFORE("RELATIVELE"),
    DYNAMIC("DYNAMIC");

    private static final List<Spelling> LONGEST_FIRST = Arrays.stream(values())
            .flatMap(operator -> operator.spellings.stream().map(text -> new Spelling(text, operator)))
            .sorted(Comparator.comparingInt(
                            (Spelling spelling) -> spelling.text().length())
                    .reversed())
            .toList();

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> spellings;

    Operator(String... spellings) {
        this.spellings = List.of(spellings);
    }

    /** The operator that this text begins with; of several, the one with the longest name. */
    static Optional<Spelling> leading(String text) {
        return LONGEST_FIRST.stream()
                .filter(spelling -> text.startsWith(spelling.text()))
                .findFirst();
    }

    /** One of the ways to write an operator. */
    record Spelling(String text, Operator operator) {}
}
