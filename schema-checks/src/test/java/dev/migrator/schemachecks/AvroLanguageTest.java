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

class AvroLanguageTest {
    private static final String ORDER = "{'type':'record','name':'Order','fields':[{'name':'id','type':'string'}%s]}";

    private final AvroLanguage avro = new AvroLanguage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'string'",
                "{'type':'record','name':'Order','fields':[]}",
                "{'type':'record','name':'a.b.Order','fields':[{'name':'next','type':['null','a.b.Order'],'default':null}]}",
                "{'type':'enum','name':'Tier','symbols':['A','B'],'default':'A'}",
                "['null',{'type':'map','values':'long'}]"
            })
    void aSchemaOfTheSpecificationIsFine(String schema) {
        assertThat(codes(avro, text(schema))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'record','name':'Order'}",
                "{'type':'recod','name':'Order','fields':[]}",
                "{'type':'record','name':'Order','fields':[{'name':'a b','type':'string'}]}",
                "{'type':'record','name':'1Order','fields':[]}",
                "{'type':'record','name':'Order','fields':[{'name':'a','type':'string'},{'name':'a','type':'int'}]}",
                "{'type':'record','name':'Order','fields':[{'name':'m','type':'Money'}]}",
                "{'type':'record','name':'string','fields':[]}",
                "['null','null']",
                "{'type':'fixed','name':'F','size':-1}",
                "{'type':'enum','name':'E','symbols':['A','A']}",
                "{}",
                "[]x",
                "5"
            })
    void whatNoClientCouldReadIsInvalid(String schema) {
        assertThat(codes(avro, text(schema))).containsExactly("SCH-INVALID");
    }

    @Test
    void aDefaultThatDoesNotFitItsTypeHasACodeOfItsOwn() {
        var schema = text(ORDER.formatted(",{'name':'n','type':'int','default':'none'}"));

        assertThat(codes(avro, schema)).containsExactly("SCH-DEFAULT");
        assertThat(found(avro, schema)).contains("n");
    }

    @Test
    void whatIsReferredToIsKnownWhateverItRefersToInTurn() {
        var money = named("Money", "{'type':'record','name':'Money','fields':[{'name':'c','type':'Currency'}]}");
        var currency = named("Currency", "{'type':'enum','name':'Currency','symbols':['EUR']}");
        var order = "{'type':'record','name':'Order','fields':[{'name':'m','type':'Money'}]}";

        assertThat(codes(avro, text(order, currency, money))).isEmpty();
        assertThat(codes(avro, text(order, currency))).containsExactly("SCH-INVALID");
    }

    @Test
    void aNewFieldNeedsADefaultForOldDataToBeRead() {
        var before = text(ORDER.formatted(""));
        var without = text(ORDER.formatted(",{'name':'n','type':'int'}"));
        var with = text(ORDER.formatted(",{'name':'n','type':'int','default':0}"));

        assertThat(avro.compare(with, before)).isEqualTo(new Compatibility.Compatible());
        assertThat(avro.compare(without, before))
                .isInstanceOfSatisfying(
                        Compatibility.Incompatible.class,
                        no -> assertThat(no.reasons())
                                .singleElement()
                                .asString()
                                .startsWith("reader field missing default value at /fields/1"));
        assertThat(avro.compare(before, without)).isEqualTo(new Compatibility.Compatible());
    }

    @Test
    void aWiderTypeReadsANarrowerOneAndNotTheOtherWayRound() {
        var number = "{'type':'record','name':'Order','fields':[{'name':'n','type':'%s'}]}";

        assertThat(avro.compare(text(number.formatted("long")), text(number.formatted("int"))))
                .isEqualTo(new Compatibility.Compatible());
        assertThat(avro.compare(text(number.formatted("int")), text(number.formatted("long"))))
                .isInstanceOf(Compatibility.Incompatible.class);
    }
}
