package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFormTest {
    /** The second is what Apicurio Registry 3.3.3 made of the first. */
    @Test
    void whatAParserMadeOfASchemaIsTheSame() {
        var written = """
                {"type":"record","name":"com.x.R","doc":"d","fields":[
                 {"name":"a","type":{"type":"enum","name":"E","symbols":["A"]},"order":"ascending"},
                 {"name":"b","type":"com.x.E"},
                 {"name":"c","type":["null",{"type":"bytes","logicalType":"decimal","precision":4,"scale":0}],
                  "default":null,"foo":1,"aliases":["z"]}],
                 "aliases":["com.x.Old","com.y.Old"]}""";
        var kept = """
                {"type":"record","name":"R","namespace":"com.x","doc":"d","fields":[
                {"name":"a","type":{"type":"enum","name":"E","symbols":["A"]}},{"name":"b","type":"E"},
                {"name":"c","type":["null",{"type":"bytes","logicalType":"decimal","precision":4,"scale":0}],
                "default":null,"aliases":["z"],"foo":1}],"aliases":["Old","com.y.Old"]}""";

        assertThat(AvroForm.of(written)).isEqualTo(AvroForm.of(kept));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"string"} | "string"
            {"type":{"type":"array","items":{"type":"int"}}} | {"items":"int","type":"array"}
            ["null",{"type":"long"}] | ["null","long"]
            {"type":"string","avro.java.string":"String"} | {"avro.java.string":"String","type":"string"}
            """)
    void whatSaysNothingIsLeftOut(String written, String form) {
        assertThat(AvroForm.of(written)).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"fixed","name":"F","size":4} | {"type":"fixed","name":"F","size":5}
            {"type":"enum","name":"E","symbols":["A","B"]} | {"type":"enum","name":"E","symbols":["B","A"]}
            {"type":"record","name":"R","fields":[],"doc":"a"} | {"type":"record","name":"R","fields":[]}
            {"type":"record","name":"a.R","fields":[]} | {"type":"record","name":"b.R","fields":[]}
            "int" | {"type":"int","logicalType":"date"}
            """)
    void whatSaysSomethingElseDiffers(String one, String other) {
        assertThat(AvroForm.of(one)).isNotEqualTo(AvroForm.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "no json", "7", "null", "{}", "{\"type\":7}", "[[]]", "{\"type\":\"record\"}"})
    void whatIsNoSchemaStaysSomethingAndTheSame(String text) {
        assertThat(AvroForm.of(AvroForm.of(text))).isEqualTo(AvroForm.of(text));
    }
}
