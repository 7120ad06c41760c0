package dev.migrator.target.confluent;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.SubjectName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plugs a real registry into the contract suite. */
final class ConfluentHarness implements TargetHarness {
    private static final int FEW = 200;
    private static final String WHY_FEWER =
            "the API takes several requests for each entry and none for many, and counts versions one after another";

    private final String url;
    private final Outsider outsider;
    private final TargetWriter writer;

    ConfluentHarness(String url) {
        this.url = url;
        this.outsider = new Outsider(url);
        this.writer = openWriter();
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public TargetWriter openWriter() {
        return Registry.writer(url);
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(new Levels(), new Versions());
    }

    @Override
    public int many() {
        return 100;
    }

    @Override
    public int manyToDryRun() {
        return 100;
    }

    private static EntryKey key(String kind, SubjectName name) {
        return new EntryKey(Registry.TARGET, kind, name.address());
    }

    /** The registry takes Avro schemas that differ in their words alone for the same. */
    private static String record(String field) {
        return CanonicalJson.text(Value.object(
                "type", Value.of("record"),
                "name", Value.of("Sample"),
                "fields",
                        Value.array(List.of(Value.object(
                                "name", Value.of(field), "type", Value.of("string"), "default", Value.of(""))))));
    }

    /** Levels of subjects without versions. */
    private final class Levels implements KindHarness {
        @Override
        public String kind() {
            return "subject";
        }

        @Override
        public Operation.Create create(String name) {
            return create(name, "BACKWARD");
        }

        private Operation.Create create(String name, String level) {
            return new Operation.Create(
                    key(kind(), SubjectName.subject(name)), Content.of("compatibility", Value.of(level)));
        }

        @Override
        public Optional<Operation.Update> update(Operation.Create create) {
            return Optional.of(new Operation.Update(
                    create.key(), create.after(), Content.of("compatibility", Value.of("FULL_TRANSITIVE"))));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return Optional.of(create(SubjectName.parse(create.key().address()).subject(), "NONE"));
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(create(name, "SIDEWAYS"));
        }

        @Override
        public int veryMany() {
            return FEW;
        }

        @Override
        public String whyFewer() {
            return WHY_FEWER;
        }

        @Override
        public boolean hasIncarnations() {
            return false;
        }

        @Override
        public boolean removes() {
            return true;
        }

        @Override
        public boolean retires() {
            return false;
        }

        /** No call lists subjects that have a level and no version. */
        @Override
        public boolean isListedAlone() {
            return false;
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) {
            outsider.done("PUT", "/config/" + key.address(), CanonicalJson.text(fields.toValue()));
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) {
            outsider.done("DELETE", "/config/" + key.address(), "");
            return true;
        }
    }

    /** Second versions: the registry tests schemas only against others. */
    private final class Versions implements KindHarness {
        @Override
        public String kind() {
            return "subject-version";
        }

        @Override
        public List<Operation.Create> prerequisites(String name) {
            return List.of(create(name, 1, "first", List.of()));
        }

        @Override
        public Operation.Create create(String name) {
            return create(name, 2, "second", List.of());
        }

        private Operation.Create create(String subject, int version, String doc, List<Value> references) {
            return new Operation.Create(
                    key(kind(), SubjectName.version(subject, version)),
                    Content.of(Map.of(
                            "schemaType", Value.of("AVRO"),
                            "schema", Value.of(record(doc)),
                            "references", Value.array(references))));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return Optional.of(create(SubjectName.parse(create.key().address()).subject(), 2, "another", List.of()));
        }

        /** A number that is not the next. */
        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(create(name, 7, "seventh", List.of()));
        }

        @Override
        public int veryMany() {
            return FEW;
        }

        @Override
        public String whyFewer() {
            return WHY_FEWER;
        }

        @Override
        public boolean hasIncarnations() {
            return true;
        }

        /** The id is one for all versions, of any subject, with the same schema. */
        @Override
        public boolean hasIncarnationOfEachLife() {
            return false;
        }

        @Override
        public boolean removes() {
            return true;
        }

        @Override
        public boolean retires() {
            return true;
        }

        /** Registered again it gets a new number. */
        @Override
        public boolean revives() {
            return false;
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) {
            throw new UnsupportedOperationException("nothing of a version can be changed");
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) {
            var name = SubjectName.parse(key.address());
            var path = "/subjects/" + name.subject() + "/versions/"
                    + name.version().orElseThrow();
            outsider.done("DELETE", path, "");
            outsider.done("DELETE", path + "?permanent=true", "");
            return true;
        }
    }
}
