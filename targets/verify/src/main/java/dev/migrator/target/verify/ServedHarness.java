package dev.migrator.target.verify;

import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.util.List;
import java.util.function.Consumer;

/** One type of entry of a running system, under contract. Takes away what it made when it is closed. */
final class ServedHarness implements TargetHarness {
    private final Server server;
    private final TargetWriter writer;
    private final Subject subject;
    private final Client outsider;
    private final Traces traces;
    private final int many;
    private final Consumer<List<String>> leftBehind;

    /**
     * @param many entries for the rules that want many
     * @param leftBehind gets what could not be taken away
     */
    ServedHarness(Server server, Subject subject, int many, Consumer<List<String>> leftBehind) throws TargetException {
        this.server = server;
        this.writer = server.open();
        this.subject = subject;
        this.outsider = server.client();
        this.traces = new Traces(subject, outsider);
        this.many = many;
        this.leftBehind = leftBehind;
    }

    @Override
    public int many() {
        return many;
    }

    @Override
    public int manyToDryRun() {
        return many;
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public TargetWriter openWriter() throws TargetException {
        return server.open();
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(new ServedKind(subject, outsider, traces, many));
    }

    @Override
    public void close() {
        leftBehind.accept(traces.remove());
        outsider.close();
        writer.close();
    }
}
