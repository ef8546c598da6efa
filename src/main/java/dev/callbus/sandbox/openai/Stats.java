package dev.callbus.sandbox.openai;

/** Counts of chat completion requests since the server was made: open ones and how the others ended. */
public record Stats(int open, int completed, int aborted, int failed) {

    /** Returns the count of all requests. */
    public int received() {
        return open + completed + aborted + failed;
    }
}
