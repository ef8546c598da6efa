package dev.callbus.scenario;

import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Outcomes as XML that build servers read: a test suite for each file. Source: llg.cubic.org/docs/junit */
public final class JunitXml {
    private final XMLStreamWriter xml;

    private JunitXml(Writer out) throws XMLStreamException {
        xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
    }

    /** The document. */
    public static String of(List<Outcome> outcomes) {
        var out = new StringWriter();
        try {
            new JunitXml(out).write(outcomes);
            return out.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("outcomes that can't be written", e);
        }
    }

    private void write(List<Outcome> outcomes) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        counts("scenarios", outcomes);
        var files = outcomes.stream()
                .collect(Collectors.groupingBy(
                        outcome -> outcome.scenario().place().file(), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Outcome>> file : files.entrySet()) {
            xml.writeStartElement("testsuite");
            counts(file.getKey(), file.getValue());
            xml.writeAttribute("skipped", "0");
            for (var outcome : file.getValue()) {
                write(outcome);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private void counts(String name, List<Outcome> outcomes) throws XMLStreamException {
        long failures = outcomes.stream().filter(outcome -> !outcome.passed()).count();
        var took = outcomes.stream().map(Outcome::took).reduce(Duration.ZERO, Duration::plus);
        xml.writeAttribute("name", clean(name));
        xml.writeAttribute("tests", String.valueOf(outcomes.size()));
        xml.writeAttribute("failures", String.valueOf(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("time", seconds(took));
    }

    private void write(Outcome outcome) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", clean(outcome.scenario().name()));
        xml.writeAttribute("classname", className(outcome.scenario().place().file()));
        xml.writeAttribute("time", seconds(outcome.took()));
        var failure = outcome.failure();
        if (failure != null) {
            xml.writeStartElement("failure");
            xml.writeAttribute("type", "scenario");
            xml.writeAttribute(
                    "message", clean(failure.place() + ": expected " + failure.expected() + ", got " + failure.got()));
            xml.writeCharacters(clean(failure.text()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String className(String file) {
        return clean(
                file.replaceAll("\\.ya?ml$", "").replaceAll("[/\\\\]+", ".").replaceAll("^\\.+", ""));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /** Without what no XML may hold. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
    }
}
