package dev.migrator.target.testkit;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Plugs an {@link InMemoryTarget}, or what is built around one, into the contract suite. */
public final class MemoryHarness implements TargetHarness {
    /** A write-only field. */
    public static final String PASSWORD = Content.SECRET + "password";

    private static final String REFUSED = "refused-";
    private final InMemoryTarget target;
    private final List<KindHarness> kinds;
    private final Function<InMemoryTarget, TargetWriter> opening;
    private final TargetWriter writer;

    public MemoryHarness(StaleReads staleness, MemoryKind... kinds) {
        this(staleness, target -> target, kinds);
    }

    /** @param mutant what stands between the suite and the target */
    public MemoryHarness(StaleReads staleness, Function<InMemoryTarget, TargetWriter> mutant, MemoryKind... kinds) {
        this.target = new InMemoryTarget("memory", kinds)
                .staleReads(staleness)
                .refusing(operation -> operation.key().address().startsWith(REFUSED));
        this.opening = mutant;
        this.writer = mutant.apply(target);
        this.kinds = java.util.Arrays.stream(kinds)
                .<KindHarness>map(kind -> new Sample(target, kind, writer != target))
                .toList();
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public TargetWriter openWriter() {
        return opening.apply(target);
    }

    @Override
    public int many() {
        return writer == target ? 1_000 : 20;
    }

    @Override
    public int manyToDryRun() {
        return many();
    }

    @Override
    public List<KindHarness> kinds() {
        return kinds;
    }

    private record Sample(InMemoryTarget target, MemoryKind memory, boolean broken) implements KindHarness {
        @Override
        public String kind() {
            return memory.name();
        }

        @Override
        public List<String> nastyNames(String unique) {
            return List.of(unique + "/ä ß|%2F", unique + "\u65e5\u672c", unique + "'\"`${x}");
        }

        @Override
        public int veryMany() {
            return broken ? 20 : 10_000;
        }

        @Override
        public String whyFewer() {
            return broken ? "a target that is wrong on purpose is found out with few" : "";
        }

        @Override
        public Operation.Create create(String name) {
            var key = new EntryKey("memory", memory.name(), name);
            return new Operation.Create(
                    key,
                    existenceIsAll()
                            ? Content.EMPTY
                            : Content.of(Map.of("config.a", Value.of("1"), "config.b", Value.NULL)));
        }

        @Override
        public Optional<Operation.Create> withSecret(String name, String secret) {
            return existenceIsAll()
                    ? Optional.empty()
                    : Optional.of(new Operation.Create(
                            create(name).key(), create(name).after().and(Content.of(PASSWORD, Value.of(secret)))));
        }

        @Override
        public boolean accepts(EntryKey key, String secret) {
            return target.truth(key) instanceof EntryState.Present(var content, var _)
                    && content.get(PASSWORD).equals(Value.of(secret));
        }

        @Override
        public Optional<Operation.Update> update(Operation.Create create) {
            return existenceIsAll()
                    ? Optional.empty()
                    : Optional.of(new Operation.Update(
                            create.key(),
                            Content.of(Map.of("config.a", Value.of("1"), "config.b", Value.NULL)),
                            Content.of(Map.of("config.a", Value.NULL, "config.b", Value.of("2")))));
        }

        @Override
        public Optional<Operation.Create> contradicting(Operation.Create create) {
            return existenceIsAll()
                    ? Optional.empty()
                    : Optional.of(new Operation.Create(create.key(), Content.of("config.a", Value.of("other"))));
        }

        @Override
        public Optional<Operation.Create> refused(String name) {
            return Optional.of(create(REFUSED + name));
        }

        @Override
        public Optional<UnmanagedField> unmanagedField() {
            return existenceIsAll()
                    ? Optional.empty()
                    : Optional.of(new UnmanagedField("config.unmanaged", Value.of("mine")));
        }

        @Override
        public boolean hasIncarnations() {
            return memory.incarnations();
        }

        @Override
        public boolean removes() {
            return memory.deletable();
        }

        @Override
        public boolean retires() {
            return memory.retirable();
        }

        @Override
        public boolean canHoldData() {
            return memory.holdsData();
        }

        @Override
        public void putData(EntryKey key) {
            target.putData(key);
        }

        @Override
        public boolean dataIsThere(EntryKey key) {
            return target.holdsData(key);
        }

        @Override
        public void outsiderSets(EntryKey key, Content fields) {
            target.outsiderSets(key, fields);
        }

        @Override
        public boolean outsiderRemoves(EntryKey key) {
            target.outsiderRemoves(key);
            return true;
        }

        private boolean existenceIsAll() {
            return memory.name().equals("acl");
        }
    }
}
