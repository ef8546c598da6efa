package dev.callbus.llm.dialog;

import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The text of a flow file, read as YAML whose values know their lines. */
final class FlowText {
    private FlowText() {}

    /** The root of the file; null if there is none to be read, which is then among the faults. */
    static @Nullable FlowValue read(String file, String text, List<FlowFault> faults) {
        try {
            var root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                faults.add(
                        new FlowFault(file, 1, "the file is empty", "Write at least the keys flow, say and moments"));
                return null;
            }
            return new FlowValue(file, "the file", root, faults);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            faults.add(new FlowFault(
                    file,
                    mark == null ? 1 : mark.getLine() + 1,
                    "this is not YAML: " + e.getProblem(),
                    "Correct the indentation and the quotes around there"));
        } catch (YAMLException e) {
            faults.add(new FlowFault(file, 1, "this is not YAML", "Write it as UTF-8 text without control characters"));
        }
        return null;
    }
}
