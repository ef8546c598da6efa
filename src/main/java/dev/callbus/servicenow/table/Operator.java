package dev.callbus.servicenow.table;

import java.util.List;
import java.util.Locale;

/** How a condition compares. Comparison ignores case, as ServiceNow's databases usually do. */
enum Operator {
    IS("=") {
        @Override
        boolean holds(String stored, List<String> operands) {
            return stored.equals(operands.getFirst());
        }
    },
    IS_NOT("!=") {
        @Override
        boolean holds(String stored, List<String> operands) {
            return !stored.equals(operands.getFirst());
        }
    },
    ONE_OF("IN") {
        @Override
        boolean holds(String stored, List<String> operands) {
            return operands.contains(stored);
        }
    },
    STARTS_WITH("STARTSWITH") {
        @Override
        boolean holds(String stored, List<String> operands) {
            return stored.startsWith(operands.getFirst());
        }
    },
    CONTAINS("LIKE") {
        @Override
        boolean holds(String stored, List<String> operands) {
            return stored.contains(operands.getFirst());
        }
    };

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    abstract boolean holds(String stored, List<String> operands);

    /** Whether a column with this value meets the condition. */
    final boolean accepts(String stored, List<String> operands) {
        return holds(folded(stored), operands.stream().map(Operator::folded).toList());
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
