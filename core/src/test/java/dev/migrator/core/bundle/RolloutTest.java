package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.canary;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestSettings.patching;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.settings.Rollout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
    private static Value.Obj rollout(String name, String spec) {
        return manifest("Rollout", name, spec);
    }

    private static List<String> codes(Value.Obj... manifests) {
        return TestManifests.codes(TestManifests.read(manifests));
    }

    @Test
    void isForTheEnvironmentsThatItNames() {
        var bundle = bundle(
                topic("a"),
                topic("b"),
                rollout(
                        "calm",
                        "{'environments':['production','staging'],'phases':[{'name':'first','select':{'resources':['Topic/a']},'bake':'10m'}],'rest':{'bake':'30m'}}"));

        assertThat(bundle.environments()).containsExactly("production", "staging");
        assertThat(bundle.resolve("test").rollout()).isEmpty();
        var rollout = bundle.resolve("production").rollout().orElseThrow();
        assertThat(rollout.rest()).isEqualTo(Bake.parse("30m"));
        assertThat(rollout.stages()).hasSize(1);
        assertThat(rollout.stages().getFirst().bake()).isEqualTo(Bake.parse("10m"));
        assertThat(rollout.stages().getFirst().selection()).isEqualTo("Topic/a");
    }

    @Test
    void aBundleWithoutOneHasTheBytesThatItHad() {
        var without = bundle(topic("a"));
        var with = bundle(topic("a"), rollout("calm", "{'environments':['production']}"));

        assertThat(new String(without.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("settings");
        assertThat(with.digest()).isNotEqualTo(without.digest());
        assertThat(bundle(rollout("calm", "{'environments':['production']}"), topic("a"))
                        .digest())
                .isEqualTo(with.digest());
    }

    /** Labels are those that the environment has, after its overlays. */
    @Test
    void aLabelThatAnOverlayGivesIsSelectedInItsEnvironmentAlone() {
        var labelled = patching("production", "{'name':'a'}", "{'labels':{'tier':'canary'}}");
        var phases = "'phases':[{'name':'first','select':{'labels':{'tier':'canary'}}}]";

        assertThat(codes(topic("a"), labelled, rollout("calm", "{'environments':['production']," + phases + "}")))
                .isEmpty();
        assertThat(codes(topic("a"), labelled, rollout("calm", "{'environments':['test']," + phases + "}")))
                .containsExactly("ROL-SELECTS-NOTHING Rollout/calm, phase first, in test");
    }

    /** One of several that is misspelt would else quietly go with the rest. */
    @Test
    void eachNameOfAListHasToBeThere() {
        assertThat(
                        codes(
                                topic("a"),
                                rollout(
                                        "calm",
                                        "{'environments':['test'],'phases':[{'name':'first','select':{'resources':['Topic/a','Topic/aa','Acl/a']}}]}")))
                .containsExactly(
                        "ROL-SELECTS-NOTHING Rollout/calm, phase first, in test",
                        "ROL-SELECTS-NOTHING Rollout/calm, phase first, in test");
    }

    @Test
    void anEnvironmentHasOneRollout() {
        assertThat(codes(
                        topic("a"),
                        rollout("one", "{'environments':['test','production']}"),
                        rollout("two", "{'environments':['production']}")))
                .containsExactly("ROL-ENVIRONMENT Rollout/two, spec.environments");
    }

    @Test
    void phasesHaveNamesOfTheirOwn() {
        assertThat(
                        codes(
                                canary(topic("a")),
                                rollout(
                                        "calm",
                                        "{'environments':['test'],'phases':[{'name':'a','select':{'labels':{'tier':'canary'}}},{'name':'a','select':{'resources':['Topic/a']}},{'name':'rest','select':{'resources':['Topic/a']}}]}")))
                .containsExactly(
                        "ROL-PHASE Rollout/calm, spec.phases.1.name", "ROL-PHASE Rollout/calm, spec.phases.2.name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                                            | ROL-SELECT Rollout/calm, spec.phases.0.select
            {'labels':{},'resources':[]}                                  | ROL-SELECT Rollout/calm, spec.phases.0.select
            {'labels':{'tier':'canary'},'resources':['Topic/a']}          | ROL-SELECT Rollout/calm, spec.phases.0.select
            {'resources':['orders']}                                      | MAN-VALUE Rollout/calm, spec.phases.0.select.resources.0
            """)
    void aPhaseSaysOneThingThatItSelects(String select, String code) {
        assertThat(codes(
                        canary(topic("a")),
                        rollout(
                                "calm",
                                "{'environments':['test'],'phases':[{'name':'first','select':" + select + "}]}")))
                .containsExactly(code);
    }

    /** Whoever approves reads it in the plan. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary, bake 24h",
                "canary; bake 24h",
                "canary) (bake 24h",
                "a=b",
                "[a]",
                "<b>",
                " canary",
                "canary ",
                "canary\\u00a0",
                "ca\\nnary",
                "\\u202eyranac",
                "canary\\u2028bake 24h"
            })
    void aLabelThatCouldPassForAnotherWordOfThePlanIsSelectedByNoPhase(String value) {
        assertThat(codes(
                        topic("a"),
                        rollout(
                                "calm",
                                "{'environments':['test'],'phases':[{'name':'first','select':{'labels':{'tier':'"
                                        + value + "'}}}]}")))
                .containsExactly("MAN-VALUE Rollout/calm, spec.phases.0.select.labels.tier");
    }

    @Test
    void aLabelMayHaveLettersOfAnyLanguageAndBlanksWithin() {
        assertThat(
                        codes(
                                topic("a"),
                                rollout(
                                        "calm",
                                        "{'environments':['test'],'phases':[{'name':'first','select':{'labels':{'tier':'team é/1.2-x: y'}}}]}")))
                .containsExactly("ROL-SELECTS-NOTHING Rollout/calm, phase first, in test");
    }

    @ParameterizedTest
    @CsvSource({"25h", "1441m", "ten minutes", "10"})
    void aBakeIsATimeOfAtMostADay(String bake) {
        assertThat(codes(topic("a"), rollout("calm", "{'environments':['test'],'rest':{'bake':'" + bake + "'}}")))
                .containsExactly("MAN-VALUE Rollout/calm, spec.rest.bake");
    }

    @Test
    void hasAtMostTwentyPhases() {
        var phases = java.util.stream.IntStream.range(0, 21)
                .mapToObj(i -> "{'name':'p" + i + "','select':{'resources':['Topic/a']}}")
                .collect(java.util.stream.Collectors.joining(","));

        assertThat(codes(topic("a"), rollout("calm", "{'environments':['test'],'phases':[" + phases + "]}")))
                .containsExactly("MAN-VALUE Rollout/calm, spec.phases");
    }

    @Test
    void whatIsSelectedIsSaidInShort() {
        var names = new java.util.TreeSet<>(List.of("Topic/a", "Topic/b", "Topic/c", "Topic/d", "Topic/e"));
        var stage = new Rollout.Stage(
                "first", java.util.Optional.empty(), names, Bake.NONE, dev.migrator.core.model.Resource.Source.UNKNOWN);

        assertThat(stage.selection()).isEqualTo("Topic/a, Topic/b, Topic/c and 2 more");
    }
}
