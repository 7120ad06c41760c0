package dev.migrator.schemachecks;

import static dev.migrator.schemachecks.Texts.codes;
import static dev.migrator.schemachecks.Texts.found;
import static dev.migrator.schemachecks.Texts.named;
import static dev.migrator.schemachecks.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.contents.Compatibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufLanguageTest {
    private static final String PROTO3 = "syntax = 'proto3'; ";

    private final ProtobufLanguage protobuf = new ProtobufLanguage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message Order { string id = 1; repeated Item items = 2; message Item { int64 cents = 1; } }",
                "import 'google/protobuf/timestamp.proto'; message Order { google.protobuf.Timestamp at = 1; }",
                "enum Tier { A = 0; } message Order { oneof payment { string card = 1; string iban = 2; } }",
                "service Orders { rpc Get (Id) returns (Order); } message Id {} message Order {}",
                "message Order { map<string, int32> counts = 1; reserved 2, 5 to 7; reserved 'old'; }"
            })
    void aFileOfTheLanguageIsFine(String file) {
        assertThat(codes(protobuf, text(PROTO3 + file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message Order { string id; }",
                "message Order { string id = 1; ",
                "massage Order { string id = 1; }",
                "{'type':'record'}",
                "message Order { string id = 0; }",
                "message Order { string id = 1; string no = 1; }",
                "message Order { oneof a { string id = 1; } string no = 1; }",
                "message Order { string id = 19500; }",
                "message Order { message Item { string id = 536870912; } }"
            })
    void whatNoCompilerTakesIsInvalid(String file) {
        assertThat(codes(protobuf, text(PROTO3 + file))).containsExactly("SCH-INVALID");
    }

    @Test
    void theLineIsNamed() {
        assertThat(found(protobuf, text("syntax = 'proto3';\nmessage Order {\n  string id;\n}")))
                .contains("3:");
    }

    @Test
    void anImportThatIsNotDeclaredIsAWarning() {
        var file = PROTO3 + "import 'money.proto'; message Order { Money total = 1; }";

        assertThat(codes(protobuf, text(file))).containsExactly("SCH-IMPORT");
        assertThat(codes(protobuf, text(file, named("money.proto", PROTO3 + "message Money {}"))))
                .isEmpty();
    }

    @Test
    void compatibilityIsNotClaimed() {
        assertThat(protobuf.compare(text(PROTO3), text(PROTO3))).isInstanceOf(Compatibility.Unknown.class);
    }
}
