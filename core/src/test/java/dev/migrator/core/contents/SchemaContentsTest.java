package dev.migrator.core.contents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schemas are judged, and which versions are compared with which; with a language of numbers. */
class SchemaContentsTest {
    /** A schema is a number; a reader reads what is not above it. Writes down what it was asked. */
    private static final class Numbers implements SchemaLanguage {
        final List<String> asked = new ArrayList<>();
        int longest = Integer.MAX_VALUE;

        @Override
        public int longest() {
            return longest;
        }

        @Override
        public String type() {
            return "PROTOBUF";
        }

        @Override
        public List<Finding> check(SchemaText schema) {
            asked.add("check " + schema.content() + names(schema));
            return schema.content().equals("x")
                    ? List.of(
                            Finding.error(Problem.of("SCH-INVALID", "no number").found("x")))
                    : List.of();
        }

        private static String names(SchemaText schema) {
            return schema.references().isEmpty()
                    ? ""
                    : " with "
                            + schema.references().stream()
                                    .map(SchemaText.Named::name)
                                    .toList();
        }

        @Override
        public Compatibility compare(SchemaText reader, SchemaText writer) {
            asked.add(reader.content() + " reads " + writer.content());
            return Integer.parseInt(reader.content()) >= Integer.parseInt(writer.content())
                    ? new Compatibility.Compatible()
                    : new Compatibility.Incompatible(List.of(writer.content() + " is above " + reader.content()));
        }
    }

    private final Numbers numbers = new Numbers();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE                |",
                "BACKWARD            | 2 reads 1, 3 reads 2",
                "FORWARD             | 1 reads 2, 2 reads 3",
                "FULL                | 2 reads 1, 1 reads 2, 3 reads 2, 2 reads 3",
                "BACKWARD_TRANSITIVE | 2 reads 1, 3 reads 1, 3 reads 2",
                "FORWARD_TRANSITIVE  | 1 reads 2, 1 reads 3, 2 reads 3",
                "FULL_TRANSITIVE     | 2 reads 1, 1 reads 2, 3 reads 1, 1 reads 3, 3 reads 2, 2 reads 3"
            })
    void theRuleSaysWhoIsComparedWithWhom(String rule, String expected) {
        check(schema("1", "1", rule), schema("10", "3", rule), schema("2", "2", rule));

        assertThat(numbers.asked.stream().filter(what -> what.contains("reads")).toList())
                .isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
    }

    @Test
    void anIncompatibleVersionIsFoundWhereItStandsWithBothVersionsNamed() {
        var result = check(schema("1", "5", "BACKWARD"), schema("2", "4", "BACKWARD"));

        assertThat(result.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.resource().name()).isEqualTo("order-2");
            var problem = remark.note().problem();
            assertThat(problem.code()).isEqualTo("SCH-INCOMPATIBLE");
            assertThat(problem.expected())
                    .isEqualTo("version 2 reads what version 1 wrote, as the rule COMPATIBILITY: BACKWARD asks");
            assertThat(problem.found()).isEqualTo("5 is above 4");
        });
    }

    @Test
    void whatIsWrongByItselfIsNotComparedAsWell() {
        var result = check(schema("1", "x", "BACKWARD"), schema("2", "1", "BACKWARD"));

        assertThat(result.remarks())
                .extracting(remark -> remark.note().problem().code())
                .containsExactly("SCH-INVALID");
        assertThat(numbers.asked).noneMatch(what -> what.contains("reads"));
    }

    @Test
    void withoutARuleInTheManifestsTheRegistryAloneKnowsWhatHolds() {
        assertThat(check(schema("1", "1", null), schema("2", "0", null)).remarks())
                .isEmpty();
    }

    @Test
    void referencesAreGivenInTheOrderInWhichTheyCanBeRead() {
        check(
                named("a", "1", "[{'name':'B','schema':'b','version':'1'},{'name':'C','schema':'c','version':'1'}]"),
                named("b", "2", "[{'name':'C','schema':'c','version':'1'}]"),
                named("c", "3", "[]"));

        assertThat(numbers.asked).containsExactly("check 1 with [C, B]", "check 2 with [C]", "check 3");
    }

    @Test
    void aSchemaThatRefersOutOfTheBundleIsNotJudgedAndIsCounted() {
        var result = check(named("a", "1", "[{'name':'B','schema':'b','version':'7'}]"), named("b", "2", "[]"));

        assertThat(result.remarks()).isEmpty();
        assertThat(result.unchecked()).containsExactly(Map.entry(SchemaContents.UNRESOLVED, 1));
        assertThat(numbers.asked).containsExactly("check 2");
    }

    @Test
    void aTextThatIsTooLongIsNotJudgedAndIsCounted() {
        numbers.longest = 2;

        var result = check(named("a", "123", "[]"), named("b", "12", "[]"));

        assertThat(numbers.asked).containsExactly("check 12");
        assertThat(result.unchecked()).containsExactly(Map.entry("schemas that are too long to be read here", 1));
    }

    @Test
    void withoutALanguageNothingIsJudged() {
        var desired = Desired.inNoEnvironment(Kinds.standard(), List.of(schema("1", "x", "FULL")));

        assertThat(SchemaContents.check(desired, SchemaLanguages.NONE).remarks())
                .isEmpty();
    }

    /** A bundle of some megabytes may refer to itself in a way that stands for far more than anybody can read. */
    @Test
    void whatIsTooMuchToReadIsNotJudgedAndIsCounted() {
        var long1 = named("a", "12345", "[]");
        var refers = named("b", "1", "[{'name':'A','schema':'a','version':'1'}]");
        var desired = Desired.inNoEnvironment(Kinds.standard(), List.of(long1, refers));

        var result = SchemaContents.check(desired, new SchemaLanguages(List.of(numbers)), 10);
        assertThat(numbers.asked).containsExactly("check 12345");
        assertThat(result.unchecked())
                .containsExactly(Map.entry("schemas of a bundle whose schemas are more than can be read here", 1));

        numbers.asked.clear();
        assertThat(SchemaContents.check(desired, new SchemaLanguages(List.of(numbers)), 11)
                        .unchecked())
                .isEmpty();
        assertThat(numbers.asked).hasSize(2);
    }

    @Test
    void languagesThatRememberAreAskedOnceAndAnswerTheSame() {
        var schemas = List.of(schema("1", "5", "FULL"), schema("2", "4", "FULL"), named("x", "x", "[]"));
        var desired = Desired.inNoEnvironment(Kinds.standard(), schemas);
        var plain = SchemaContents.check(desired, new SchemaLanguages(List.of(numbers)));
        int asked = numbers.asked.size();

        var remembering = new SchemaLanguages(List.of(numbers)).remembering();
        assertThat(SchemaContents.check(desired, remembering)).isEqualTo(plain);
        assertThat(SchemaContents.check(desired, remembering)).isEqualTo(plain);
        assertThat(numbers.asked).hasSize(2 * asked);
    }

    private SchemaContents.Result check(Resource... resources) {
        return SchemaContents.check(
                Desired.inNoEnvironment(Kinds.standard(), List.of(resources)), new SchemaLanguages(List.of(numbers)));
    }

    private static Resource schema(String version, String content, String rule) {
        var rules = rule == null ? "{}" : "{'COMPATIBILITY':'" + rule + "'}";
        return resource(
                "order-" + version,
                "{'artifactId':'order','type':'PROTOBUF','version':'" + version + "','content':'" + content
                        + "','rules':" + rules + "}");
    }

    private static Resource named(String name, String content, String references) {
        return resource(
                name, "{'type':'PROTOBUF','version':'1','content':'" + content + "','references':" + references + "}");
    }

    private static Resource resource(String name, String spec) {
        return new Resource(
                "Schema",
                name,
                name,
                "default",
                new TreeMap<>(),
                false,
                (Value.Obj) CanonicalJson.parse(spec.replace('\'', '"')),
                Resource.Source.UNKNOWN);
    }
}
