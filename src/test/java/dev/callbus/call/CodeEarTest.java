package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Sensitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes in what callers say. */
class CodeEarTest {
    private static final String CODE = "482913";
    private static final List<String[]> LANGUAGES = List.of(
            "zero one two three four five six seven eight nine".split(" ", -1),
            "cero uno dos tres cuatro cinco seis siete ocho nueve".split(" ", -1),
            "null eins zwei drei vier fünf sechs sieben acht neun".split(" ", -1),
            "zéro un deux trois quatre cinq six sept huit neuf".split(" ", -1),
            "zero uno due tre quattro cinque sei sette otto nove".split(" ", -1),
            "zero um dois três quatro cinco seis sete oito nove".split(" ", -1),
            "nul een twee drie vier vijf zes zeven acht negen".split(" ", -1));
    private static final String[] TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1);
    private static final String[] TEENS =
            "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ", -1);
    private static final String[] SPEECH = {
        "my laptop",
        "the screen is blue",
        "hello there",
        "I think",
        "Sure,",
        "you sent me",
        "well",
        "okay",
        "thanks",
        "bitte"
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            482913                                         | [code]
            48 29 13.                                      | [code].
            My code is 4-8-2-9-1-3, thanks                 | My code is [code], thanks
            4, 8, 2, 9, 1, 3                               | [code]
            it's four eight two nine one three             | it's [code]
            four eight uh two nine, and then one three     | [code]
            forty eight twenty-nine thirteen               | [code]
            forty-eight 29 one three                       | [code]
            ４８２９１３                                     | [code]
            ٤٨٢٩١٣                                         | [code]
            4829 no wait 482913                            | [code] no wait [code]
            111111, sorry, 482913                          | [code], sorry, [code]
            cuatro ocho dos nueve uno tres                 | [code]
            cuarenta y ocho veintinueve trece              | [code]
            vier acht zwei neun eins drei                  | [code]
            achtundvierzig neunundzwanzig dreizehn         | [code]
            quatre huit deux neuf un trois                 | [code]
            quattro otto due nove uno tre                  | [code]
            quatro oito dois nove um três                  | [code]
            vier acht twee negen een drie                  | [code]
            one moment, four eight two nine one three      | one moment, [code]
            482 is the first part then 913                 | [code] is the first part then [code]
            """)
    void findsTheCode(String said, String text) {
        var heard = new CodeEar().listen(said, 6);
        assertThat(heard.text()).isEqualTo(text);
        assertThat(heard.code()).isEqualTo(new Sensitive(CODE));
        assertThat(heard.amount()).isEqualTo(CodeEar.Amount.WHOLE);
    }

    @ParameterizedTest
    @CsvSource({
        "double four one triple seven,441777",
        "oh four eight oh oh nine,048009",
        "zero one double oh 2 3,010023",
        "six six treble five one,665551"
    })
    void understandsRepetitions(String said, String code) {
        assertThat(new CodeEar().listen(said, 6).code()).isEqualTo(new Sensitive(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            it's 4829                    | it's [code]               | TOO_FEW
            4829137                      | [code]                    | TOO_MANY
            I am in room 12 of Windows 11 | I am in room 12 of Windows 11 | NONE
            oh dear, I have none         | oh dear, I have none      | NONE
            482913 no wait 4829          | [code] no wait [code]     | TOO_FEW
            2                            | [code]                    | TOO_FEW
            """)
    void saysWhetherThereWereTooManyOrTooFew(String said, String text, CodeEar.Amount amount) {
        var heard = new CodeEar().listen(said, 6);
        assertThat(heard).isEqualTo(new CodeEar.Heard(text, null, amount));
    }

    @Test
    void partsThatFollowEachOtherAreOneCode() {
        var ear = new CodeEar();
        assertThat(ear.listen("It's 482", 6).code()).isNull();
        assertThat(ear.listen("hold on", 6).code()).isNull();
        assertThat(ear.listen("nine", 6).text()).isEqualTo("[code]");
        assertThat(ear.listen("and thirteen", 6))
                .isEqualTo(new CodeEar.Heard("and [code]", new Sensitive(CODE), CodeEar.Amount.WHOLE));
    }

    @Test
    void aForgottenPartIsNoPart() {
        var ear = new CodeEar();
        ear.listen("482", 6);
        ear.forget();
        assertThat(ear.listen("913", 6).code()).isNull();
        assertThat(ear.listen("no, 48 29", 6).code()).isNull();
        assertThat(ear.listen("13", 6).code()).isEqualTo(new Sensitive(CODE));
    }

    @Test
    void aWholeCodeTakesThePlaceOfAPart() {
        var ear = new CodeEar();
        ear.listen("4829", 6);
        assertThat(ear.listen("482913", 6).code()).isEqualTo(new Sensitive(CODE));
        assertThat(ear.listen("13", 6).code()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"I said 482913!", "four eight two nine one three", "4 8 2... 9 1 3?", "forty eight 29 thirteen"})
    void aKnownCodeStaysHidden(String said) {
        var ear = new CodeEar();
        ear.listen(CODE, 6);
        ear.forget();
        assertThat(ear.mask(said)).contains("[code]").doesNotContain("48", "four", "forty", "13", "29", "4 8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"room 12", "windows 11", "call 555 123 4567", "INC0010023", "one two three four", "", "10:30"})
    void otherNumbersStayWhenNoCodeIsExpected(String said) {
        var ear = new CodeEar();
        assertThat(ear.mask(said)).isEqualTo(said);
        ear.listen(CODE, 6);
        assertThat(ear.mask(said)).isEqualTo(said);
    }

    @Test
    void printsNoDigits() {
        var ear = new CodeEar();
        var heard = ear.listen("482913", 6);
        ear.listen("7777", 6);
        assertThat(heard.toString()).doesNotContain("482913");
        assertThat(ear.toString()).isEqualTo("an ear that knows codes: 1");
        assertThat(new HeardDigits("7777").all().toString()).doesNotContain("7");
    }

    @Property(tries = 2000, seed = "26")
    void aCodeIsFoundHoweverItIsSaid(@ForAll @IntRange(min = 4, max = 10) int length, @ForAll long seed) {
        var random = new Random(seed);
        var code = code(random, length);
        var said = rendered(random, code);
        var ear = new CodeEar();
        var heard = ear.listen(speech(random) + said + speech(random), length);
        assertThat(heard.code()).as(said).isEqualTo(new Sensitive(code));
        assertThat(heard.text()).doesNotContain(said).doesNotContainPattern(Pattern.compile("\\p{Nd}"));
        assertThat(ear.mask("I said " + said + " before")).isEqualTo("I said [code] before");
        assertThat(ear.mask("That was " + rendered(random, code))).isEqualTo("That was [code]");
    }

    @Property(tries = 1000, seed = "26")
    void aCodeIsFoundInTwoUtterances(
            @ForAll @IntRange(min = 6, max = 10) int length,
            @ForAll @IntRange(min = 3, max = 5) int cut,
            @ForAll long seed) {
        var random = new Random(seed);
        var code = code(random, length);
        var ear = new CodeEar();
        var beginning = rendered(random, code.substring(0, cut));
        // One word of another language says too little of which language it is.
        var rest = random.nextBoolean()
                ? pairs(code.substring(cut))
                : figures(random, code.substring(cut), new String[] {" ", "-", " uh "});
        var first = ear.listen(speech(random) + beginning, length);
        var second = ear.listen(rest, length);
        assertThat(first.code()).isNull();
        assertThat(second.code()).as(beginning + rest).isEqualTo(new Sensitive(code));
        assertThat(first.text() + second.text()).doesNotContainPattern(Pattern.compile("\\p{Nd}"));
    }

    @Property(tries = 1000, seed = "26")
    void anythingCanBeListenedTo(@ForAll String said, @ForAll @IntRange(min = 4, max = 10) int length) {
        var ear = new CodeEar();
        assertThat(ear.mask(said)).isEqualTo(said);
        assertThat(ear.listen(said, length).text()).doesNotContainPattern("[0-9]{3}");
    }

    private static String code(Random random, int length) {
        var code = new StringBuilder();
        random.ints(length, 0, 10).forEach(code::append);
        return code.toString();
    }

    private static String speech(Random random) {
        return random.nextBoolean() ? " " : " " + SPEECH[random.nextInt(SPEECH.length)] + " ";
    }

    private static String rendered(Random random, String code) {
        return switch (random.nextInt(5)) {
            case 0 -> figures(random, code, new String[] {"", " ", "-", ", ", "... ", ". ", "/"});
            case 1 -> figures(random, code, new String[] {" ", " uh ", " and then ", ", um, "});
            case 2 -> words(random, code, LANGUAGES.get(random.nextInt(LANGUAGES.size())));
            case 3 -> pairs(code);
            default -> doubled(code);
        };
    }

    private static String figures(Random random, String code, String[] between) {
        var zero = new int[] {'0', 0xFF10, 0x0660}[random.nextInt(3)];
        var text = new StringBuilder();
        for (int i = 0; i < code.length(); i++) {
            text.append(i == 0 ? "" : between[random.nextInt(between.length)]);
            text.appendCodePoint(zero + code.charAt(i) - '0');
        }
        return text.toString();
    }

    private static String words(Random random, String code, String[] words) {
        var between = new String[] {" ", ", ", " - "}[random.nextInt(3)];
        return String.join(between, code.chars().mapToObj(c -> words[c - '0']).toList());
    }

    private static String pairs(String code) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < code.length()) {
            int tens = code.charAt(at) - '0';
            int unit = at + 1 < code.length() ? code.charAt(at + 1) - '0' : -1;
            boolean next = at + 2 < code.length() && code.charAt(at + 2) != '0';
            boolean single =
                    tens == 0 || unit < 0 || (tens > 1 && unit == 0 && next); // "twenty" would swallow the next digit
            words.add(single ? LANGUAGES.getFirst()[tens] : pair(tens, unit));
            at += single ? 1 : 2;
        }
        return String.join(" ", words);
    }

    private static String pair(int tens, int unit) {
        if (tens == 1) {
            return TEENS[unit];
        }
        return unit == 0 ? TENS[tens - 2] : TENS[tens - 2] + " " + LANGUAGES.getFirst()[unit];
    }

    private static String doubled(String code) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < code.length()) {
            int same = 1;
            while (same < 3 && at + same < code.length() && code.charAt(at + same) == code.charAt(at)) {
                same++;
            }
            var digit = code.charAt(at) == '0' && code.length() > 1
                    ? "oh"
                    : LANGUAGES.getFirst()[code.charAt(at) - '0'];
            words.add(new String[] {"", "double ", "triple "}[same - 1] + digit);
            at += same;
        }
        return String.join(" ", words);
    }
}
