package dev.callbus.call;

import static dev.callbus.call.Lookahead.Found.UNDECIDED;
import static dev.callbus.call.Lookahead.Found.YES;
import static dev.callbus.call.SpeechSigns.BREAK;
import static dev.callbus.call.SpeechSigns.PAUSE;
import static dev.callbus.call.SpeechSigns.SEAM;

import java.util.regex.Pattern;

/** Makes one line of a text without markup, with ticket numbers and long numbers told digit by digit. */
final class SpeechWords {
    private static final Pattern TICKET = Pattern.compile("[A-Z]{2,6}-?\\p{Nd}{5,18}(?![\\p{L}\\p{Nd}]|[.,]\\p{Nd})");
    private static final Pattern WWW = Pattern.compile("(?i:www\\.(?=\uE002?[a-z0-9@]))");
    private static final Pattern SHORT = Pattern.compile("\\p{Nd}{1,4}(?!\\p{Nd})");
    private static final Pattern AMOUNT = Pattern.compile("\\p{Nd}{5,18}(?=[.,]\\p{Nd}| ?[\\p{Sc}%])");
    private static final Pattern LONG = Pattern.compile("\\p{Nd}{5,18}");

    private final Lookahead in = new Lookahead();
    private final SpeechLine line = new SpeechLine();
    private boolean spelling;

    /** What can be spoken now that more of the text came. */
    String next(String text) {
        in.add(text);
        boolean known = true;
        while (known && in.hasNext()) {
            known = step();
        }
        return line.take();
    }

    /** The rest. */
    String end() {
        in.complete();
        var rest = next("");
        line.end();
        return rest + line.take();
    }

    /** Reads the next thing; false if it is not known yet what it is. */
    private boolean step() {
        int c = in.peek();
        spelling &= SpeechSigns.isDigit(c);
        switch (c) {
            case '\n' -> line.newline();
            case ' ' -> line.space();
            case PAUSE -> line.pause();
            case BREAK -> line.sentenceEnd();
            case SEAM -> line.seam();
            case '-', '=', '/' -> line.mark(c);
            case '@' -> word("at");
            default -> {
                line.settle(c);
                return SpeechSigns.isDigit(c) ? digit(c) : letter(c);
            }
        }
        in.skip();
        return true;
    }

    private void word(String word) {
        line.settle(word.charAt(0));
        line.seam();
        word.chars().forEach(line::write);
        line.seam();
    }

    private boolean letter(int c) {
        boolean capital = c >= 'A' && c <= 'Z';
        if ((capital || c == 'w') && line.isBetweenWords()) {
            var www = in.take(WWW);
            var ticket = capital && www != YES ? in.take(TICKET) : Lookahead.Found.NO;
            if (www == UNDECIDED || ticket == UNDECIDED) {
                return false;
            }
            if (ticket == YES) {
                ticket(in.taken());
            }
            if (www == YES || ticket == YES) {
                return true;
            }
        }
        line.write(c);
        in.skip();
        return true;
    }

    private void ticket(String ticket) {
        var letters = ticket.codePoints().filter(Character::isLetter).toArray();
        for (int letter : letters) {
            spell(letter);
        }
        line.write(',');
        line.space();
        ticket.codePoints().filter(Character::isDigit).forEach(this::spell);
    }

    private boolean digit(int c) {
        if (!spelling && !line.isInAmount()) {
            return number();
        }
        if (spelling) {
            spell(c);
        } else {
            line.write(c);
        }
        in.skip();
        return true;
    }

    private boolean number() {
        var few = in.take(SHORT);
        var amount = few == Lookahead.Found.NO ? in.take(AMOUNT) : few;
        if (amount == UNDECIDED) {
            return false;
        }
        if (amount == YES) {
            in.taken().codePoints().forEach(line::write);
        } else {
            spelling = true;
            in.take(LONG);
            in.taken().codePoints().forEach(this::spell);
        }
        return true;
    }

    private void spell(int c) {
        line.seam();
        line.write(c);
        line.seam();
    }
}
