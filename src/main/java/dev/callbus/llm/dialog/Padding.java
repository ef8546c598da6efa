package dev.callbus.llm.dialog;

import java.util.Set;

/** Words that say how, when or for whom something is wanted, but not what. */
final class Padding {
    private static final Set<String> WORDS = Set.of("""
            really s its am m after all
            a an and again another as asap at away boss by can case colleague could coworker else earliest fast favor for friend
            from gracias have her high higher highest him his husband i immediately important incident instead is it just kind
            like low manager me medium mind moment mother my need new no normal not now of on once one our partner person please
            possible priority quick quickly right same second sir so soon straight team than thank thanks that the their them
            then there this ticket to today too top urgency urgent urgently us very wait want wife will with would you your
            ahora alta alto antes baja colega compañera compañero con cuanto de el en enseguida es esto jefa jefe la lo los mi
            momento nuestro nuevo otra otro para por posible prioridad pronto que su tan también un una urgencia urgente usted
            ya""".split("\\s+", -1));

    private Padding() {}

    /** Whether a text has no other words than these. */
    static boolean isAll(String text) {
        return Ears.wordsOf(text).allMatch(WORDS::contains);
    }
}
