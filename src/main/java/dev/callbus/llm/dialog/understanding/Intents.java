package dev.callbus.llm.dialog.understanding;

/** The intents that understanding gives of its own accord, whether or not the phrases file has examples for them. */
public enum Intents {
    ;

    /** The utterance is about nothing that can be helped with. */
    public static final String OUT_OF_SCOPE = "out_of_scope";
    /** The utterance gives what was or may be asked for. */
    public static final String INFORM = "inform";
    /** The utterance is a yes. */
    public static final String AFFIRM = "affirm";
    /** The utterance is a no. */
    public static final String DENY = "deny";
    /** The utterance is a greeting. */
    public static final String GREET = "greet";
}
