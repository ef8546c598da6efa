package dev.callbus.llm.http;

import dev.callbus.llm.ModelEvent;
import java.util.List;

/** Understands one answer in the way one vendor writes it. It is fed until it is over or the bytes end. */
public interface AnswerReader {

    /** Takes the data of one server-sent event; what follows the end of the answer is ignored. */
    void accept(byte[] data);

    /** Whether nothing of interest can follow. */
    boolean isOver();

    /** The words that came since the last time; often empty. */
    String takeWords();

    /** What the answer comes to besides its words, now that it is over or no more bytes follow: at last its only end. */
    List<ModelEvent> conclude();

    /** Whether the vendor may answer with one JSON document in place of events, which is then fed as if it were one. */
    default boolean takesJson() {
        return false;
    }
}
