package dev.migrator.target.verify;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Sample operations on one type of entry, made of the examples that the system gives. */
final class ServedKind implements KindHarness {
    static final String TARGET = "verified";

    private static final int FACTOR = 10;
    private static final List<String> NASTY = List.of(
            "/a/b", " a b", "%2F", "\"'\\", ":;,=&?#+", "\u00fc\u0416\u4e2d", "\ue000", "\ud83d\ude00", "..", "/");

    private final Subject subject;
    private final Client outsider;
    private final Traces traces;
    private final int many;

    /** @param many entries for the rules that want many; ten times as many for those that want very many */
    ServedKind(Subject subject, Client outsider, Traces traces, int many) {
        this.subject = subject;
        this.outsider = outsider;
        this.traces = traces;
        this.many = many;
    }

    @Override
    public String kind() {
        return ExternalKind.ENTRY;
    }

    @Override
    public Operation.Create create(String name) {
        return new Operation.Create(key(name), Content.of(subject.first()));
    }

    @Override
    public Optional<Operation.Update> update(Operation.Create create) {
        var changed = new TreeSet<>(subject.first().keySet());
        changed.addAll(subject.second().keySet());
        changed.removeIf(field ->
                Objects.equals(subject.first().get(field), subject.second().get(field)));
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Operation.Update(
                        create.key(),
                        create.after().only(changed),
                        Content.of(subject.second()).only(changed)));
    }

    @Override
    public Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.of(new Operation.Create(create.key(), Content.of(subject.second())));
    }

    @Override
    public Optional<Operation.Create> refused(String name) {
        return subject.refused().map(fields -> new Operation.Create(key(name), Content.of(fields)));
    }

    @Override
    public Optional<UnmanagedField> unmanagedField() {
        return subject.unmanaged().map(field -> new UnmanagedField(field.getKey(), field.getValue()));
    }

    @Override
    public boolean hasIncarnations() {
        return subject.incarnations();
    }

    @Override
    public boolean removes() {
        return subject.deletes();
    }

    @Override
    public boolean retires() {
        return subject.retires();
    }

    @Override
    public boolean purges() {
        return subject.purges();
    }

    @Override
    public List<String> nastyNames(String unique) {
        return NASTY.stream()
                .map(ending -> unique + ending)
                .filter(subject::isAllowed)
                .toList();
    }

    @Override
    public int veryMany() {
        return Math.min(KindHarness.super.veryMany(), FACTOR * many);
    }

    @Override
    public String whyFewer() {
        return "whoever runs it asked for fewer";
    }

    @Override
    public int longestName() {
        return Math.min(KindHarness.super.longestName(), Math.max(subject.longestAddress(), 30));
    }

    @Override
    public void outsiderSets(EntryKey key, Content fields) throws IOException {
        var address = ExternalAddress.parse(key.address()).address();
        var state = outsider.state(subject.type(), address);
        applied(Traces.operation(subject, address, Traces.expected(state), "set", fields.toValue()));
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) throws IOException {
        if (!subject.deletes()) {
            return false;
        }
        var address = ExternalAddress.parse(key.address()).address();
        var state = outsider.state(subject.type(), address);
        applied(Traces.operation(subject, address, Traces.expected(state), "remove", null));
        return true;
    }

    private void applied(Value.Obj operation) throws IOException {
        var outcome = outsider.outcomes("/entries/apply", subject.identity(), List.of(operation))
                .getFirst();
        if (!outcome.get("outcome").equals(Value.of("applied"))) {
            throw new AssertionError("an operation that expects what is there is not applied: "
                    + dev.migrator.core.canonical.CanonicalJson.text(outcome));
        }
    }

    private EntryKey key(String name) {
        var address = traces.made(subject.address(name));
        return new EntryKey(TARGET, ExternalKind.ENTRY, new ExternalAddress(subject.type(), address).text());
    }
}
