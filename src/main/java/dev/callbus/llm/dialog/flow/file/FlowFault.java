package dev.callbus.llm.dialog.flow.file;

/**
 * What is wrong in a flow file, and what to do about it.
 *
 * @param line counted from 1
 */
record FlowFault(String file, int line, String problem, String remedy) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + problem + ". " + remedy + ".";
    }
}
