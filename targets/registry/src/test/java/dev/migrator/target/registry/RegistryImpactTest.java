package dev.migrator.target.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who refers to what, in a real registry, read with a client that cannot write. */
class RegistryImpactTest {
    private static final String RECORD = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[]}";
    private static final String USER =
            "{\"type\":\"record\",\"name\":\"Cart\",\"fields\":[{\"name\":\"order\",\"type\":\"Order\"}]}";
    private static final String OTHER_USER = USER.replace("Cart", "Bill");

    private final String group = "i-" + UUID.randomUUID();
    private final Outsider outsider = new Outsider(Registries.withDeletion());
    private TargetReader reader;

    @BeforeEach
    void open() throws TargetException {
        reader = new RegistryTargetProvider()
                .openReader(Registries.config(Registries.withDeletion()), Map.of(), Registries.CALL_TIMEOUT);
        outsider.makeArtifact(artifact("order"), "AVRO");
        outsider.makeVersion(version("order", "1"), RECORD);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void whoRefersToAVersionIsNamedAndWhetherClientsGetItByDefault() throws Exception {
        outsider.makeArtifact(artifact("cart"), "AVRO");
        outsider.makeVersion(version("cart", "1"), USER, version("order", "1"));
        outsider.makeVersion(version("cart", "2"), USER.replace("\"order\"", "\"o\""), version("order", "1"));
        outsider.makeArtifact(artifact("bill"), "AVRO");
        outsider.makeVersion(version("bill", "1"), OTHER_USER, version("order", "1"));

        var impact = impact(versionKey("order", "1"));

        assertThat(impact.first(Use.Referrers.class).orElseThrow().referrers().first())
                .containsExactly(
                        new Use.Referrer(version("bill", "1").address(), true),
                        new Use.Referrer(version("cart", "1").address(), false),
                        new Use.Referrer(version("cart", "2").address(), true));
        assertThat(impact.first(Use.Versions.class)).contains(new Use.Versions(1, "1"));
        assertThat(impact.unknown()).extracting("what").containsExactly("clients");
    }

    @Test
    void nobodyIsSaidWhereNobodyRefers() throws Exception {
        assertThat(impact(versionKey("order", "1"))
                        .first(Use.Referrers.class)
                        .orElseThrow()
                        .referrers()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void anArtifactTellsItsVersionsAlsoWhenNoneIsInUse() throws Exception {
        outsider.makeVersion(version("order", "2"), RECORD.replace("[]", "[ ]"));
        assertThat(impact(artifactKey("order")).first(Use.Versions.class)).contains(new Use.Versions(2, "2"));

        outsider.setState(version("order", "1"), "DISABLED");
        outsider.setState(version("order", "2"), "DISABLED");

        assertThat(impact(artifactKey("order"))
                        .first(Use.Versions.class)
                        .orElseThrow()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void manyWhoReferAreCutAndCounted() throws Exception {
        outsider.makeArtifact(artifact("many"), "AVRO");
        for (int i = 10; i < 35; i++) {
            outsider.makeVersion(
                    version("many", String.valueOf(i)), USER.replace("order", "o" + i), version("order", "1"));
        }

        var referrers = impact(versionKey("order", "1"))
                .first(Use.Referrers.class)
                .orElseThrow()
                .referrers();

        assertThat(referrers.first()).hasSize(20);
        assertThat(referrers.more()).isEqualTo(5);
    }

    @Test
    void whatIsNotThereHasNoUsersAndNastyNamesHurtNobody() throws Exception {
        var changes = new ArrayList<Operation>();
        changes.add(new Operation.Create(versionKey("gone", "1"), Content.EMPTY));
        changes.add(removal(new EntryKey(Registries.TARGET, Fields.VERSION, "no-version")));
        changes.add(removal(artifactKey("a/../b?x=1#y")));

        var impacts = reader.impact(changes);

        assertThat(impacts).hasSize(3);
        assertThat(impacts.get(versionKey("gone", "1"))).isEqualTo(Impact.NONE);
    }

    private Impact impact(EntryKey key) throws TargetException {
        return reader.impact(List.of(removal(key))).get(key);
    }

    private static Operation removal(EntryKey key) {
        return new Operation.Delete(key, Content.EMPTY, Removal.RETIRE);
    }

    private ArtifactName artifact(String id) {
        return ArtifactName.artifact(group, id);
    }

    private ArtifactName version(String id, String version) {
        return ArtifactName.version(group, id, version);
    }

    private EntryKey artifactKey(String id) {
        return new EntryKey(Registries.TARGET, Fields.ARTIFACT, artifact(id).address());
    }

    private EntryKey versionKey(String id, String version) {
        return new EntryKey(
                Registries.TARGET, Fields.VERSION, version(id, version).address());
    }
}
