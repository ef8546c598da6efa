package dev.callbus.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.callbus.scenario.Scenario.Place;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Outcomes for build servers. */
class JunitXmlTest {
    /** What Jenkins accepts of the attributes that are written. Source: junit-10.xsd of its xUnit plugin */
    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:simpleType name="seconds"><xs:restriction base="xs:string"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction></xs:simpleType>
              <xs:attributeGroup name="counts">
                <xs:attribute name="name" type="xs:string" use="required"/>
                <xs:attribute name="tests" type="xs:int" use="required"/>
                <xs:attribute name="failures" type="xs:int" use="required"/>
                <xs:attribute name="errors" type="xs:int" use="required"/>
                <xs:attribute name="time" type="seconds"/>
              </xs:attributeGroup>
              <xs:element name="failure"><xs:complexType mixed="true">
                <xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/>
              </xs:complexType></xs:element>
              <xs:element name="testcase"><xs:complexType>
                <xs:sequence><xs:element ref="failure" minOccurs="0"/></xs:sequence>
                <xs:attribute name="name" type="xs:string" use="required"/>
                <xs:attribute name="classname" type="xs:string"/>
                <xs:attribute name="time" type="seconds"/>
              </xs:complexType></xs:element>
              <xs:element name="testsuite"><xs:complexType>
                <xs:sequence><xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                <xs:attributeGroup ref="counts"/><xs:attribute name="skipped" type="xs:int"/>
              </xs:complexType></xs:element>
              <xs:element name="testsuites"><xs:complexType>
                <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                <xs:attributeGroup ref="counts"/>
              </xs:complexType></xs:element>
            </xs:schema>
            """;

    @Test
    void theDocumentIsWhatBuildServersRead() throws Exception {
        var failure = new Outcome.Failure(
                new Place("a/one.yaml", 7),
                "\"<words>\" & more",
                "nothing\u0000",
                List.of("  1.0 s  agent  Hi"),
                List.of());
        var xml = JunitXml.of(
                List.of(outcome("a/one.yaml", null), outcome("a/one.yaml", failure), outcome("two.yml", null)));
        assertThatCode(() -> schema().newValidator().validate(new StreamSource(new StringReader(xml))))
                .doesNotThrowAnyException();
        assertThat(xml)
                .contains("<testsuites name=\"scenarios\" tests=\"3\" failures=\"1\"")
                .contains("<testsuite name=\"a/one.yaml\" tests=\"2\" failures=\"1\"")
                .contains("classname=\"a.one\"", "classname=\"two\"", "time=\"0.012\"")
                .contains("a/one.yaml:7: expected &quot;&lt;words>&quot; &amp; more, got nothing?")
                .contains("agent  Hi");
    }

    private static Schema schema() throws Exception {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(SCHEMA)));
    }

    private static Outcome outcome(String file, Outcome.@Nullable Failure failure) {
        return ScenarioReportTest.outcome(file, "a scenario", failure, "");
    }

    static Duration took() {
        return Duration.ofMillis(12);
    }
}
