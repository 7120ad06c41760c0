package dev.migrator.target.registry;

import static org.awaitility.Awaitility.await;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plugs a real registry into the contract suite. */
final class RegistryHarness implements TargetHarness {
    private static final String GROUP = "contract";
    private static final ArtifactName RULED = ArtifactName.artifact(GROUP, "ruled");
    private static final ArtifactName USER = ArtifactName.artifact(GROUP, "user");

    private final String url;
    private final Outsider outsider;
    private final boolean deletion;
    private final TargetWriter writer;

    RegistryHarness(String url, boolean deletion) {
        this.url = url;
        this.outsider = new Outsider(url);
        this.deletion = deletion;
        this.writer = openWriter();
        makeOnce(outsider);
    }

    /** What all harnesses of one registry share. */
    private static synchronized void makeOnce(Outsider outsider) {
        if (outsider.get(Outsider.path(RULED)).status() == 404) {
            outsider.makeArtifact(RULED, "AVRO");
            outsider.setRule(RULED, "VALIDITY", Value.of("FULL"));
            outsider.makeArtifact(USER, "AVRO");
            for (int i = 0; i < Versions.ARTIFACTS; i++) {
                outsider.makeArtifact(ArtifactName.artifact(GROUP, Versions.PREFIX + i), "AVRO");
            }
        }
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public TargetWriter openWriter() {
        return Registries.writer(url);
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(new Groups(), new Artifacts(), new Versions());
    }

    @Override
    public List<KindHarness> kindsToMigrate() {
        return List.of(new Groups(), new Artifacts(), new VersionsOfTheirOwn());
    }

    /** On each of two registries. */
    @Override
    public int rollbacks() {
        return 8;
    }

    @Override
    public int many() {
        return 150;
    }

    private static EntryKey key(String kind, ArtifactName name) {
        return new EntryKey(Registries.TARGET, kind, name.address());
    }

    private abstract class Kind implements KindHarness {
        @Override
        public int veryMany() {
            return 250;
        }

        @Override
        public String whyFewer() {
            return "a registry takes several requests for each entry and none for many";
        }

        @Override
        public boolean hasIncarnations() {
            return true;
        }

        @Override
        public boolean removes() {
            return deletion;
        }

        @Override
        public boolean retires() {
            return true;
        }

        @Override
        public boolean canHoldData() {
            return true;
        }

        /** What is in it, or refers to it, are entries of their own. */
        @Override
        public boolean purgesWithData() {
            return false;
        }

        /** The registry tells two lives of an artifact or group apart by the second in which they began. */
        @Override
        public void awaitNextIncarnation() {
            var before = Instant.now();
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> Instant.now().getEpochSecond() > before.getEpochSecond());
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) {
            return removedByOutsider(Outsider.path(ArtifactName.parse(key.address())));
        }

        final boolean removedByOutsider(String path) {
            if (!deletion) {
                return false;
            }
            outsider.done("DELETE", path, "");
            awaitNextIncarnation();
            return true;
        }
    }

    /** Never deleted, so that nothing can go along with one. */
    private final class Groups extends Kind {
        @Override
        public String kind() {
            return "artifact-group";
        }

        @Override
        public boolean removes() {
            return false;
        }

        @Override
        public Operation.Create create(String name) {
            return create(name, "BACKWARD");
        }

        private Operation.Create create(String name, String compatibility) {
            return new Operation.Create(
                    new EntryKey(Registries.TARGET, kind(), name),
                    Content.of(Map.of(
                            "description", Value.of("what orders hold"),
                            "labels.team", Value.of("orders"),
                            "rule.COMPATIBILITY", Value.of(compatibility),
                            "rule.VALIDITY", Value.NULL)));
        }

        @Override
        public Optional<Operation.Update> update(Operation.Create create) {
            return Optional.of(new Operation.Update(
                    create.key(),
                    Content.of(Map.of(
                            "description", Value.of("what orders hold"),
                            "labels.team", Value.of("orders"),
                            "labels.tier", Value.NULL,
                            "rule.COMPATIBILITY", Value.of("BACKWARD"),
                            "rule.VALIDITY", Value.NULL)),
                    Content.of(Map.of(
                            "description", Value.NULL,
                            "labels.team", Value.NULL,
                            "labels.tier", Value.of(""),
                            "rule.COMPATIBILITY", Value.NULL,
                            "rule.VALIDITY", Value.of("FULL")))));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return Optional.of(create(create.key().address(), "FORWARD"));
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(create(name, "SIDEWAYS"));
        }

        @Override
        public Optional<UnmanagedField> unmanagedField() {
            return Optional.of(new UnmanagedField("labels.of somebody else/", Value.of("ü")));
        }

        @Override
        public void putData(EntryKey key) {
            outsider.makeArtifact(inIt(key), "AVRO");
        }

        @Override
        public boolean dataIsThere(EntryKey key) {
            return outsider.get(Outsider.path(inIt(key))).status() == 200;
        }

        private static ArtifactName inIt(EntryKey key) {
            return ArtifactName.artifact(key.address(), "an artifact");
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) {
            outsider.set("/groups/" + key.address(), fields);
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) {
            return removedByOutsider("/groups/" + key.address());
        }

        @Override
        public int longestName() {
            return 512;
        }
    }

    private final class Artifacts extends Kind {
        @Override
        public String kind() {
            return "artifact";
        }

        @Override
        public Operation.Create create(String name) {
            return create(name, "AVRO", "BACKWARD");
        }

        private Operation.Create create(String name, String type, String compatibility) {
            return new Operation.Create(
                    key(kind(), ArtifactName.artifact(GROUP, name)),
                    Content.of(Map.of(
                            "type", Value.of(type),
                            "name", Value.of("Sample"),
                            "labels.team", Value.of("orders"),
                            "rule.COMPATIBILITY", Value.of(compatibility),
                            "rule.VALIDITY", Value.NULL)));
        }

        @Override
        public Optional<Operation.Update> update(Operation.Create create) {
            return Optional.of(new Operation.Update(
                    create.key(),
                    Content.of(Map.of(
                            "name", Value.of("Sample"),
                            "description", Value.NULL,
                            "labels.team", Value.of("orders"),
                            "rule.COMPATIBILITY", Value.of("BACKWARD"),
                            "rule.VALIDITY", Value.NULL)),
                    Content.of(Map.of(
                            "name", Value.NULL,
                            "description", Value.of("a sample"),
                            "labels.team", Value.of("billing"),
                            "rule.COMPATIBILITY", Value.NULL,
                            "rule.VALIDITY", Value.of("SYNTAX_ONLY")))));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return Optional.of(create(ArtifactName.parse(create.key().address()).artifactId(), "AVRO", "FORWARD"));
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(create(name, "NO-SUCH-TYPE", "NONE"));
        }

        @Override
        public Optional<UnmanagedField> unmanagedField() {
            return Optional.of(new UnmanagedField("rule.INTEGRITY", Value.of("REFS_EXIST")));
        }

        @Override
        public void putData(EntryKey key) {
            outsider.makeVersion(someVersion(key), "{\"type\":\"string\"}");
        }

        @Override
        public boolean dataIsThere(EntryKey key) {
            return outsider.get(Outsider.path(someVersion(key)) + "/content").status() == 200;
        }

        private static ArtifactName someVersion(EntryKey key) {
            var name = ArtifactName.parse(key.address());
            return ArtifactName.version(name.group(), name.artifactId(), "1");
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) {
            outsider.set(Outsider.path(ArtifactName.parse(key.address())), fields);
        }

        @Override
        public int longestName() {
            return 512;
        }
    }

    private class Versions extends Kind {
        static final String PREFIX = "versions-";
        static final int ARTIFACTS = 10;

        @Override
        public String kind() {
            return "artifact-version";
        }

        @Override
        public List<Operation.Create> prerequisites(String name) {
            return List.of(new Operation.Create(
                    key("artifact", ArtifactName.artifact(GROUP, artifactId(name))),
                    Content.of("type", Value.of("AVRO"))));
        }

        @Override
        public Operation.Create create(String name) {
            return create(ArtifactName.version(GROUP, artifactId(name), name), "made for " + name);
        }

        /** Some artifacts with several versions each. */
        String artifactId(String name) {
            return PREFIX + Math.floorMod(name.hashCode(), ARTIFACTS);
        }

        private Operation.Create create(ArtifactName name, String doc) {
            var schema = Value.object(
                    "type", Value.of("record"),
                    "name", Value.of("Sample"),
                    "doc", Value.of(doc),
                    "fields", Value.array(List.of()));
            return new Operation.Create(
                    key(kind(), name),
                    Content.of(Map.of(
                            "content",
                            Value.of(dev.migrator.core.canonical.CanonicalJson.text(schema)),
                            "references",
                            Value.array(List.of()),
                            "description",
                            Value.of("a version"),
                            "labels.team",
                            Value.of("orders"),
                            "state",
                            Value.of("DEPRECATED"))));
        }

        @Override
        public Optional<Operation.Update> update(Operation.Create create) {
            return Optional.of(new Operation.Update(
                    create.key(),
                    Content.of(Map.of(
                            "name", Value.NULL,
                            "description", Value.of("a version"),
                            "labels.team", Value.of("orders"),
                            "state", Value.of("DEPRECATED"))),
                    Content.of(Map.of(
                            "name",
                            Value.of("N"),
                            "description",
                            Value.NULL,
                            "labels.team",
                            Value.NULL,
                            "state",
                            Value.of("ENABLED")))));
        }

        @Override
        public Optional<UnmanagedField> unmanagedField() {
            return Optional.of(new UnmanagedField("labels.reviewed", Value.of("yes")));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return Optional.of(create(ArtifactName.parse(create.key().address()), "another"));
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(new Operation.Create(
                    key(kind(), ArtifactName.version(GROUP, RULED.artifactId(), name)),
                    Content.of("content", Value.of("{\"type\":\"no such type\"}"))));
        }

        /** A version holds what refers to it: without it, that could not be read any more. */
        @Override
        public void putData(EntryKey key) {
            var version = ArtifactName.parse(key.address());
            outsider.makeVersion(
                    ArtifactName.version(
                            GROUP, USER.artifactId(), version.version().orElseThrow()),
                    "{\"type\":\"string\"}",
                    version);
        }

        @Override
        public boolean dataIsThere(EntryKey key) {
            var version = ArtifactName.parse(key.address());
            var contentId = Json.number(outsider.get(Outsider.path(version)).object(), "contentId");
            return outsider.get("/ids/contentIds/" + contentId.orElseThrow()).status() == 200;
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) {
            outsider.set(Outsider.path(ArtifactName.parse(key.address())), fields);
        }

        @Override
        public int longestName() {
            return 256;
        }
    }

    /** Each in an artifact that nothing else is in. */
    private final class VersionsOfTheirOwn extends Versions {
        @Override
        String artifactId(String name) {
            return "of-" + name;
        }
    }
}
