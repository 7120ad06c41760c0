package dev.migrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyTest {
    /** What is type-checked has to be what is there when it is asked. */
    @ParameterizedTest
    @EnumSource(Over.class)
    void everyVariableHasExactlyTheFieldsThatExpressionsMaySpeakOf(Over over) {
        var subject =
                Samples.subject(Samples.PRODUCTION, Samples.retention("orders", "1", "2"), Samples.delete("gone"));
        var variables = new Variables(subject);
        var common = variables.common(Samples.THURSDAY);
        var asked = switch (over) {
            case RESOURCE -> Asked.about(subject.resources().getFirst(), common);
            case CHANGE ->
                Asked.about(
                        subject.planned()
                                .orElseThrow()
                                .plan()
                                .operations()
                                .toList()
                                .get(1),
                        variables,
                        common);
            case PLAN -> Asked.about(subject, common);
        };

        Vocabulary.ALL
                .variables(over)
                .forEach((name, type) ->
                        assertFields(name, type, asked.variables().get(name)));
    }

    private static void assertFields(String path, CelType type, Object value) {
        assertThat(value).as(path).isNotNull();
        if (type.kind() == CelKind.STRUCT) {
            var fields = Vocabulary.ALL.fields(type.name());
            assertThat(new TreeSet<>(((Map<?, ?>) value).keySet()).toString())
                    .as(path)
                    .isEqualTo(new TreeSet<>(fields.keySet()).toString());
            fields.forEach((name, field) -> assertFields(path + "." + name, field, ((Map<?, ?>) value).get(name)));
        }
    }

    @ParameterizedTest
    @EnumSource(Over.class)
    void everyFieldIsExplained(Over over) throws IOException {
        var docs = Files.readString(Path.of("..", "docs", "policies.md"));

        Vocabulary.ALL.variables(over).forEach((variable, type) -> {
            assertThat(docs).contains("`" + variable + "`");
            Vocabulary.ALL
                    .fields(type.name())
                    .keySet()
                    .forEach(field -> assertThat(docs).contains("`" + variable + "." + field + "`"));
        });
        Vocabulary.ALL
                .fields("Kind")
                .keySet()
                .forEach(field -> assertThat(docs).contains("`plan.kinds[k]." + field + "`"));
    }
}
