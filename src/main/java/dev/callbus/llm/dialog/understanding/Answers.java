package dev.callbus.llm.dialog.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads yes and no in their usual forms, alone or before something else: "yes but …", "no, use … instead". */
final class Answers {
    /**
     * An answer that was read.
     *
     * @param whole whether the utterance says nothing else
     */
    record Read(Answer answer, boolean whole) {}

    private record Way(List<String> words, Answer answer, boolean strong) {}

    private static final Set<String> FILLERS = Word.set("""
            uh um er well oh so hmm ah like please sir ma'am madam mam you know then and just actually honestly now thanks
            thank sorry i'd say that's it is think is it's that por favor señor señora eh pues bueno gracias""");
    private static final Set<String> SKIPPED = Word.set("uh um er well oh so hmm ah eh pues bueno hey like sorry");
    private static final Map<Answer, List<String>> STRONG = Map.of(Answer.YES, lines("""
                    yes,yeah,yep,yup,ya,yah,yea,yeh,yes sir,uh huh,mm hmm,mhm,mmhmm,sure,sure thing,of course,certainly,absolutely,
                    definitely,indeed,correct,that's correct,that is correct,that's right,that is right,you're right,exactly,
                    precisely,affirmative,go ahead,go for it,please do,do it,do that,by all means,confirmed,i confirm,i agree,agreed,
                    that's the one,that's it,i do,i am,i would,it is,you bet,you got it,why not,no problem,not a problem,
                    no objection,that works,sounds good,looks good,that's fine,that's good,that's me,that's mine,it sure is,of course yes,
                    that'll do,i think so,i believe so,i guess so,i suppose so,i'd like that,i'd love that,let's do it,let's do that,
                    spot on,bang on,please proceed,aye aye,
                    sí,si,claro,claro que sí,por supuesto,correcto,así es,exacto,de acuerdo,desde luego,eso es,adelante"""), Answer.NO, lines("""
                    no,nope,nah,naw,no way,no sir,uh uh,nuh uh,negative,never,not at all,not really,not quite,not exactly,not that one,
                    not this one,not that,not now,not right now,not correct,not right,not yet,absolutely not,definitely not,certainly not,
                    of course not,i don't think so,don't think so,i do not think so,i don't believe so,i'm afraid not,i guess not,
                    i don't,i do not,i'd rather not,i would rather not,don't,do not,don't do it,don't do that,please don't,rather not,
                    don't use that,don't use that one,that's wrong,that is wrong,that's not right,that's not correct,that is not correct,
                    that's incorrect,that isn't right,that isn't correct,that's not it,that's not mine,that's not me,it's not,
                    it is not,it isn't,wrong,incorrect,wrong one,no thanks,no thank you,i'm good,no need,that won't be necessary,
                    no gracias,para nada,de ninguna manera,claro que no,mejor no,incorrecto,nunca"""));
    private static final Map<Answer, List<String>> WEAK =
            Map.of(Answer.YES, lines("""
                    okay,ok,alright,all right,right,fine,good,great,perfect,cool,true,confirm,works for me,that would be great,
                    that would be nice,sounds great,i suppose,i guess,please,vale,bien,está bien,okey dokey,very well,be my guest,k,yass,yes yes,
                    mm,hm,aye,roger,fair enough,jess,yesterday yes,perfecto,bueno"""), Answer.NO, lines("false,know,now,nein,nada,mm mm,stop"));
    /** What begins like an answer and is none. */
    private static final List<List<String>> NONE = lists("""
            not sure,no idea,no clue,no one,nobody,i don't know,i do not know,don't know,i don't understand,no matter,never mind,
            nevermind,no longer,no sound,no internet,no network,no wifi,no connection,no access,no power,no signal,no picture,no code,no text,no sms,
            no message,no email,no emails,no mail,i don't get,i don't have,i don't want,i don't remember,i don't see,i do have,i am having,
            i am locked,i do not have,i don't need,it is not working,it isn't working,it's not working,it is working,it is broken,
            don't hang,don't open,don't create,don't bother,don't worry,do not open,do not create,do not submit,not working,not receiving,
            wrong password,it is a,i am a,i would like,i would,i'd like,do it again,that's it i'm,that's it for,not able,no entiendo,
            no funciona,no puedo,no recibo,no tengo,no sé,no me,no recuerdo,no hay,no quiero,no importa,si no,no le,no te""");

    private static final List<Way> WAYS = ways();

    private Answers() {}

    /** The answer that an utterance is or begins with, if it does. */
    static @Nullable Read find(String utterance, boolean asked) {
        var words = Word.texts(utterance.length() > 400 ? utterance.substring(0, 400) : utterance);
        int at = 0;
        while (at < words.size() && SKIPPED.contains(words.get(at)) && wayAt(words, at, asked) == null) {
            at++;
        }
        if (isNone(words, at)) {
            return null;
        }
        Answer answer = null;
        boolean strong = false;
        while (at < words.size()) {
            var way = isNone(words, at) ? null : wayAt(words, at, true);
            if (way != null) {
                answer = way.answer;
                strong |= way.strong;
                at += way.words.size();
            } else if (FILLERS.contains(words.get(at)) && answer != null) {
                at++;
            } else {
                break;
            }
        }
        if (answer == null) {
            return null;
        }
        boolean whole = at == words.size();
        return strong || (whole && (asked || isPlainWord(words))) ? new Read(answer, whole) : null;
    }

    /** "Okay" and "fine" answer even where nothing was asked; "great" is praise there and "stop" a wish. */
    private static boolean isPlainWord(List<String> words) {
        return Set.of("okay", "ok", "alright", "right", "fine", "true", "vale").contains(words.getFirst());
    }

    private static boolean isNone(List<String> words, int at) {
        return NONE.stream().anyMatch(none -> matches(words, at, none));
    }

    private static @Nullable Way wayAt(List<String> words, int at, boolean weakToo) {
        for (var way : WAYS) {
            if ((way.strong || weakToo) && matches(words, at, way.words)) {
                return way;
            }
        }
        return null;
    }

    private static boolean matches(List<String> words, int at, List<String> expected) {
        int end = at + expected.size();
        return end <= words.size() && words.subList(at, end).equals(expected);
    }

    private static List<Way> ways() {
        var ways = new ArrayList<Way>();
        STRONG.forEach((answer, list) -> list.forEach(way -> ways.add(new Way(Word.texts(way), answer, true))));
        WEAK.forEach((answer, list) -> list.forEach(way -> ways.add(new Way(Word.texts(way), answer, false))));
        ways.sort(Comparator.comparingInt((Way way) -> way.words.size()).reversed());
        return ways;
    }

    private static List<List<String>> lists(String text) {
        return lines(text).stream().map(Word::texts).toList();
    }

    private static List<String> lines(String text) {
        return List.of(text.strip().split("\\s*,\\s*", -1));
    }
}
