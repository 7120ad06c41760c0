package dev.migrator.core.kinds;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConnectorKindTest {
    private static final EntryKey SINK = new EntryKey("kafka-connect", "connector", "sink");
    private static final Set<String> ABLE = Set.of("DELETE", "RETIRE");
    private final ConnectorKind kind = new ConnectorKind();

    private static Value.Obj sink(String config) {
        return manifest("Connector", "sink", "{'class':'C','config':" + config + "}");
    }

    private static DesiredEntry entry(Value.Obj... manifests) {
        return Desired.inNoEnvironment(Kinds.standard(), bundle(manifests).resources())
                .entries()
                .get(SINK);
    }

    private static EntryKey topicKey(String name) {
        return new EntryKey("kafka", "topic", name);
    }

    @Test
    void settingsAreTextsAndSecretsAreFieldsOfTheirOwn() {
        var content = entry(sink("{'tasks.max':2,'flag':true,'gone':null,'db.password':'${secret:db}'}"))
                .content();

        assertThat(content.fields())
                .isEqualTo(Map.of(
                        "class", Value.of("C"),
                        "config.tasks.max", Value.of("2"),
                        "config.flag", Value.of("true"),
                        "config.gone", Value.NULL,
                        "secret.config.db.password", Value.of("${secret:db}")));
    }

    @Test
    void topicsOfTheBundleAreMadeFirst() {
        var entry = entry(
                sink("{'topics':'orders, refunds ,elsewhere','errors.deadletterqueue.topic.name':'failed'}"),
                topic("orders"),
                topic("refunds"),
                topic("failed"),
                topic("others"));

        assertThat(entry.dependsOn()).containsExactly(topicKey("failed"), topicKey("orders"), topicKey("refunds"));
    }

    @Test
    void aConnectorThatGoesGoesBeforeItsTopics() {
        var manifests = List.of(absent(sink("{'topics':'orders'}")), absent(topic("orders")));
        var desired =
                Desired.inNoEnvironment(Kinds.standard(), bundle(manifests).resources());

        assertThat(desired.needs().get(topicKey("orders"))).containsExactly(SINK);
    }

    @Test
    void whatNoManifestSpeaksOfAnyMoreGoesBeforeItsTopicsToo() {
        var going = new TreeSet<>(Set.of(SINK, topicKey("orders"), topicKey("others")));

        assertThat(kind.dependenciesAmong(going, SINK, Content.of("config.topic", Value.of("orders"))))
                .containsExactly(topicKey("orders"));
    }

    @Test
    void namesOfTopicsAreMappedLikeTheTopicsThemselves() {
        var resource = bundle(sink("{'topics':'orders,refunds'}")).resources().getFirst();
        var mappables = kind.mappable(resource, Neighbours.named(List.of(resource)));

        var topics = mappables.stream()
                .filter(mappable -> mappable.kind().equals("Topic"))
                .toList();
        assertThat(topics).extracting(Mappable::field).containsOnly("address");
        assertThat(topics).extracting(Mappable::value).containsExactly("orders", "refunds");
        var spec = topics.getLast().write().apply(topics.getFirst().write().apply(resource.spec(), "a"), "b");
        assertThat(((Value.Obj) spec.get("config")).get("topics")).isEqualTo(Value.of("a,b"));
        assertThat(mappables).extracting(Mappable::field).doesNotContain("config.topics");
    }

    @Test
    void howFarItHasComeIsExpectedByNoOperation() {
        var actual = Content.of(Map.of("class", Value.of("C"), "offsets", Value.of("[1]")));

        assertThat(kind.lasting(actual)).isEqualTo(Content.of("class", Value.of("C")));
        assertThat(kind.asFound(
                        actual,
                        new EntryState.Present(
                                Content.of(Map.of("class", Value.of("C"), "offsets", Value.of("[2]"))), "")))
                .isEqualTo(Content.of(Map.of("class", Value.of("C"), "offsets", Value.of("[2]"))));
    }

    @Test
    void aSecretThatWasNeverReadCannotBePutBack() {
        var reference = Value.of("${file:/run/secrets/db:password}");
        var update = new Operation.Update(
                SINK,
                Content.of("config.db.password", Value.of(ConnectorSecrets.HIDDEN)),
                Content.of("config.db.password", reference));

        var assessment = kind.assess(update, new EntryState.Present(update.before(), ""), ABLE);

        assertThat(assessment.risk()).isEqualTo(Risk.ONE_WAY);
        assertThat(assessment.undo()).isEqualTo(UndoClass.NONE);
    }

    @Test
    void everythingElseIsUndoneExactly() {
        var create = new Operation.Create(SINK, Content.of("class", Value.of("C")));
        var update = new Operation.Update(
                SINK, Content.of("config.a", Value.of("1")), Content.of("config.a", Value.of("2")));

        assertThat(kind.assess(create, EntryState.ABSENT, ABLE).undo()).isEqualTo(UndoClass.EXACT);
        assertThat(kind.assess(update, new EntryState.Present(update.before(), ""), ABLE)
                        .undo())
                .isEqualTo(UndoClass.EXACT);
        assertThat(kind.assess(create.inverse(), new EntryState.Present(create.after(), ""), ABLE)
                        .undo())
                .isEqualTo(UndoClass.EXACT);
    }
}
