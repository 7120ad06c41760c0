package dev.migrator.target.connect;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Plugs a real worker into the contract suite: sources that read files, without a line in them to begin with. */
final class ConnectHarness implements TargetHarness {
    private static final Path FILES = Workers.folder("files");

    private final Outsider outsider;
    private final TargetWriter writer;
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    ConnectHarness() {
        var url = Workers.shared().url();
        this.outsider = new Outsider(url);
        this.writer = openWriter();
        Topics.make("contract");
    }

    /** Each runs in a thread with clients of its own: left there, they would fill the worker. */
    @Override
    public void close() {
        outsider.removeAll(made);
        writer.close();
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public TargetWriter openWriter() {
        return Workers.writer(Workers.shared().url());
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(new Sources());
    }

    /** Workers share out all of their connectors anew for each. */
    @Override
    public int many() {
        return 30;
    }

    /** A busy worker takes some ten seconds for each. */
    @Override
    public int rollbacks() {
        return 2;
    }

    @Override
    public int manyToDryRun() {
        return 200;
    }

    private final class Sources implements KindHarness {
        @Override
        public String kind() {
            return "connector";
        }

        @Override
        public Operation.Create create(String name) {
            return create(name, file(name), "2000");
        }

        /** A machine's locale may know fewer letters for names of files than connectors have. */
        private static Path file(String name) {
            return FILES.resolve(Digest.ofText(name).hex());
        }

        private Operation.Create create(String name, Path file, String batchSize) {
            made.add(name);
            return new Operation.Create(
                    new EntryKey(Workers.TARGET, kind(), name),
                    Content.of(Map.of(
                            "class", Value.of("org.apache.kafka.connect.file.FileStreamSourceConnector"),
                            "run", Value.of("RUNNING"),
                            "config.tasks.max", Value.of("1"),
                            "config.topic", Value.of("contract"),
                            "config.file", Value.of(file.toString()),
                            "config.batch.size", Value.of(batchSize),
                            "config.errors.log.enable", Value.NULL)));
        }

        @Override
        public Optional<Operation.Update> update(Operation.Create create) {
            return Optional.of(new Operation.Update(
                    create.key(),
                    Content.of(Map.of(
                            "run", Value.of("RUNNING"),
                            "config.batch.size", Value.of("2000"),
                            "config.errors.log.enable", Value.NULL)),
                    Content.of(Map.of(
                            "run", Value.of("PAUSED"),
                            "config.batch.size", Value.of("1000"),
                            "config.errors.log.enable", Value.of("true")))));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return Optional.of(create(create.key().address(), FILES.resolve("another"), "2000"));
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(create(name, file(name), "many"));
        }

        @Override
        public Optional<UnmanagedField> unmanagedField() {
            return Optional.of(new UnmanagedField("config.errors.retry.timeout", Value.of("1000")));
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
            return true;
        }

        @Override
        public boolean canHoldData() {
            return true;
        }

        /** A line for the source to read, and so a position that it commits; the next one of that name finds none. */
        @Override
        public void putData(EntryKey key) throws IOException {
            Files.writeString(file(key.address()), "a line\n");
            Outsider.until(() -> dataIsThere(key));
            Files.writeString(file(key.address()), "");
        }

        @Override
        public boolean dataIsThere(EntryKey key) {
            return !outsider.offsets(key.address()).isEmpty();
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) {
            var settings = new TreeMap<String, Value>();
            fields.fields().forEach((field, value) -> {
                if (field.startsWith("config.")) {
                    settings.put(field.substring("config.".length()), value);
                }
            });
            outsider.set(key.address(), settings);
            if (fields.get("run") instanceof Value.Text(var run)) {
                outsider.run(key.address(), Run.valueOf(run).verb(), run);
            }
        }

        @Override
        public List<String> nastyNames(String unique) {
            return List.of(unique + " größer als 1 €", unique + "?x#y;z", unique + "\"'", unique + "日本語");
        }

        @Override
        public int veryMany() {
            return 60;
        }

        @Override
        public int most() {
            return 300;
        }

        @Override
        public String whyFewer() {
            return "a worker shares out all of its connectors anew for each, and each has threads and clients of its own";
        }

        @Override
        public Optional<Operation.Create> withSecret(String name, String secret) {
            var create = create(name);
            var fields = new TreeMap<>(create.after().fields());
            fields.put("secret.config.db.password", Value.of(secret));
            return Optional.of(new Operation.Create(create.key(), Content.of(fields)));
        }

        /** Connect shows it to whoever may ask, so that is who tries it. */
        @Override
        public boolean accepts(EntryKey key, String secret) {
            return Value.of(secret).equals(outsider.config(key.address()).get("db.password"));
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) {
            outsider.remove(key.address());
            return true;
        }
    }
}
