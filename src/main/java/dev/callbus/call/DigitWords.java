package dev.callbus.call;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of one language for numbers below a hundred, as callers use them to say codes. */
final class DigitWords {
    /** Words that a caller may say in the middle of a code. */
    static final Set<String> HESITATIONS =
            words("uh um er erm hmm mm ah eh ehm well then and next followed by comma dash "
                    + "hyphen space to too for hundred thousand point dot y e et en und euh äh ähm este eee dann luego puis poi dan "
                    + "depois então después tiret guión");

    /** Words that a caller says around the parts of a code. */
    static final Set<String> LEADS =
            words("it it's its is the that that's code number digits my here here's ok okay yes "
                    + "yeah sure please let me see hang hold on again last first ones rest are so got i say said reads says "
                    + "el la es código número mi sí der die das ist mein lautet ja le c'est mon il codice è mio sì o do é meu "
                    + "sim de het mijn bitte por favor");

    /** Words after which a caller says it anew. */
    static final Set<String> CORRECTIONS = words(
            "no nope wait sorry actually correction scratch mean rather oops wrong "
                    + "nein moment warte perdón espera pardon non attendez scusa aspetta desculpa espere não nee wacht");

    private static final Set<String> COUNTED = words("second seconds sec secs moment minute more of thing");

    private static final List<DigitWords> LANGUAGES = List.of(
            new DigitWords(
                    "zero one two three four five six seven eight nine",
                    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
                    "twenty thirty forty fifty sixty seventy eighty ninety",
                    Map.of("oh", 0, "o", 0, "nought", 0, "naught", 0, "niner", 9, "fourty", 40),
                    "",
                    Map.of("double", 2, "triple", 3, "treble", 3, "quadruple", 4)),
            new DigitWords(
                    "cero uno dos tres cuatro cinco seis siete ocho nueve",
                    "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
                    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
                    Map.of(
                            "un",
                            1,
                            "veintinueve",
                            29,
                            "veintiuno",
                            21,
                            "veintidós",
                            22,
                            "veintitrés",
                            23,
                            "veinticuatro",
                            24,
                            "veinticinco",
                            25,
                            "veintiséis",
                            26,
                            "veintisiete",
                            27,
                            "veintiocho",
                            28),
                    "y",
                    Map.of("doble", 2, "triple", 3)),
            new DigitWords(
                    "null eins zwei drei vier fünf sechs sieben acht neun",
                    "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
                    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
                    Map.of("zwo", 2, "ein", 1, "dreissig", 30, "fuenf", 5, "zwoelf", 12),
                    "",
                    Map.of("doppel", 2, "zweimal", 2, "dreimal", 3)),
            new DigitWords(
                    "zéro un deux trois quatre cinq six sept huit neuf",
                    "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
                    "vingt trente quarante cinquante soixante septante huitante nonante",
                    Map.of("une", 1, "octante", 80),
                    "et",
                    Map.of("double", 2, "triple", 3)),
            new DigitWords(
                    "zero uno due tre quattro cinque sei sette otto nove",
                    "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
                    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
                    Map.of("un", 1, "una", 1),
                    "",
                    Map.of("doppio", 2, "triplo", 3)),
            new DigitWords(
                    "zero um dois três quatro cinco seis sete oito nove",
                    "dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove",
                    "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
                    Map.of("uma", 1, "duas", 2, "meia", 6, "tres", 3, "quatorze", 14),
                    "e",
                    Map.of("duplo", 2, "triplo", 3)),
            new DigitWords(
                    "nul een twee drie vier vijf zes zeven acht negen",
                    "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
                    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
                    Map.of("één", 1),
                    "",
                    Map.of("dubbel", 2)));

    /** Words that mean a number in one language and something else in another: they don't tell which is spoken. */
    private static final Set<String> VAGUE = words("oh o um uma un una une once due sei ein een null double triple");

    private static final int TELLS = 100;

    /** Fewer vague words than that say nothing. */
    private static final int CERTAIN = 3;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final String joiner;
    private final Map<String, Integer> multipliers;

    private DigitWords(
            String units,
            String teens,
            String tens,
            Map<String, Integer> others,
            String joiner,
            Map<String, Integer> multipliers) {
        this.joiner = joiner;
        this.multipliers = multipliers;
        var unit = List.of(units.split(" ", -1));
        var ten = List.of(tens.split(" ", -1));
        add(unit, 0, 1);
        add(List.of(teens.split(" ", -1)), 10, 1);
        add(ten, 20, 10);
        for (int t = 0; t < ten.size(); t++) {
            for (int u = 1; u < unit.size(); u++) {
                compounds(ten.get(t), unit.get(u), 20 + 10 * t + u);
            }
        }
        numbers.putAll(others);
    }

    /** The words of the language that the most of these words are of; English if none tells. */
    static DigitWords of(List<String> spoken) {
        return LANGUAGES.stream()
                .reduce((best, other) -> other.score(spoken) > best.score(spoken) ? other : best)
                .filter(best -> best.score(spoken) >= CERTAIN)
                .orElseGet(LANGUAGES::getFirst);
    }

    /** How likely the language is spoken: words that tell count, those that don't decide between equals. */
    private int score(List<String> spoken) {
        int telling = 0;
        int vague = 0;
        int ums = 0;
        for (var word : spoken) {
            if (!numbers.containsKey(word)) {
                continue;
            }
            telling += VAGUE.contains(word) ? 0 : TELLS;
            vague += VAGUE.contains(word) ? 1 : 0;
            ums += word.equals("um") ? 1 : 0;
        }
        return telling > 0 ? telling + vague : vague - ums;
    }

    /** The number that a word is, or null. */
    @Nullable
    Integer number(String word) {
        return numbers.get(word);
    }

    /** How often the digit after the word is meant; 1 if the word says nothing of the kind. */
    int times(String word) {
        return multipliers.getOrDefault(word, 1);
    }

    /** Whether the word stands between tens and units. */
    boolean isJoiner(String word) {
        return word.equals(joiner);
    }

    /** Whether the word makes the "one" before it no digit, as in "one moment". */
    static boolean isCounted(String word) {
        return COUNTED.contains(word);
    }

    /** German, Dutch and Italian write tens and units as one word. */
    private void compounds(String ten, String unit, int number) {
        numbers.putIfAbsent((unit.equals("eins") ? "ein" : unit) + "und" + ten, number);
        numbers.putIfAbsent(unit + "en" + ten, number);
        numbers.putIfAbsent(unit + "ën" + ten, number);
        boolean vowel = unit.startsWith("u") || unit.startsWith("o");
        numbers.putIfAbsent((vowel ? ten.substring(0, ten.length() - 1) : ten) + unit, number);
    }

    private void add(List<String> words, int from, int step) {
        for (int i = 0; i < words.size(); i++) {
            numbers.put(words.get(i), from + i * step);
        }
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }
}
