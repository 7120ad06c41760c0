package dev.migrator.schemachecks;

import static dev.migrator.schemachecks.Texts.codes;
import static dev.migrator.schemachecks.Texts.found;
import static dev.migrator.schemachecks.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.contents.Compatibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaLanguageTest {
    private final JsonSchemaLanguage json = new JsonSchemaLanguage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "true",
                "{'type':'object','properties':{'id':{'type':'string'}},'required':['id']}",
                "{'$schema':'http://json-schema.org/draft-07/schema#','type':'object'}",
                "{'$schema':'http://json-schema.org/draft-04/schema#','type':'object','required':['id']}",
                "{'$schema':'https://json-schema.org/draft/2019-09/schema','$defs':{'a':{}},'$ref':'#/$defs/a'}",
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','$ref':'https://nowhere.example/other.json'}"
            })
    void whatItsMetaSchemaAcceptsIsFine(String schema) {
        assertThat(codes(json, text(schema))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'objekt'}",
                "{'properties':[]}",
                "{'required':'id'}",
                "{'minimum':'1'}",
                "{'properties':{'a':{'maxLength':-1}}}",
                "{'$schema':'http://json-schema.org/draft-04/schema#','required':[]}",
                "{'$schema':'https://example.com/of-our-own'}",
                "{'$schema':7}",
                "[]",
                "'object'",
                "{"
            })
    void whatItsMetaSchemaRefusesIsInvalid(String schema) {
        assertThat(codes(json, text(schema))).isNotEmpty().containsOnly("SCH-INVALID");
    }

    @Test
    void thePlaceIsNamed() {
        assertThat(found(json, text("{'properties':{'a':{'maxLength':-1}}}"))).startsWith("/properties/a/maxLength");
    }

    @Test
    void compatibilityIsNotClaimed() {
        assertThat(json.compare(text("{}"), text("{}"))).isInstanceOf(Compatibility.Unknown.class);
    }
}
