package dev.migrator.executor.stream;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRules;
import dev.migrator.core.fleet.Fleets;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.avro.RegistryUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** As {@link Decide}, for runs of fleets: load, decide, put, forward; a wall-clock tick for each that has not ended. */
final class DecideFleets implements Processor<String, Decoded, String, Publication> {
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final String SERVICE = "fleets";

    private final FleetRules rules;
    private Publishing out;
    private FleetStore runs;
    private Optional<Instant> lastTick = Optional.empty();

    DecideFleets(FleetRules rules) {
        this.rules = rules;
    }

    @Override
    public void init(ProcessorContext<String, Publication> context) {
        out = new Publishing(context, SERVICE);
        runs = new FleetStore(context.getStateStore(FleetStore.NAME));
        context.schedule(Decide.TICK, PunctuationType.WALL_CLOCK_TIME, _ -> tickLive());
        context.schedule(
                SWEEP, PunctuationType.WALL_CLOCK_TIME, _ -> runs.ended().forEach(id -> tick(id, out.now())));
    }

    @Override
    public void process(Record<String, Decoded> record) {
        switch (record.value()) {
            case null -> {
                // a tombstone on a topic that is not compacted says nothing
            }
            case Decoded.Undecodable(var raw, var problem) -> out.bury(record, raw, problem);
            case Decoded.Unresolved(var _, var problem) ->
                throw new RegistryUnavailable("read the schema of a record", problem.found(), null);
            case Decoded.Message(var event) -> accept(record, event);
        }
    }

    private void accept(Record<String, Decoded> record, SpecificRecord event) {
        try {
            FleetMessages.fact(event).ifPresent(fact -> decide(fact.id(), fact));
        } catch (ProblemException senseless) {
            out.bury(record, event, senseless.problem());
        }
    }

    private void tickLive() {
        var now = out.now();
        runs.live().forEach(id -> tick(id, now));
        lastTick = Optional.of(now);
    }

    private void tick(FleetId id, Instant now) {
        decide(id, new FleetFact.Tick(now, lastTick));
    }

    private void decide(FleetId id, FleetFact fact) {
        var known = runs.run(id);
        var decision = Fleets.decide(known, fact, runs.beside(id), out.now(), rules);
        if (decision.run() != known) {
            runs.keep(decision.run());
        }
        for (var effect : decision.effects()) {
            var publication = FleetMessages.outgoing(effect, SERVICE, out.now());
            out.event(publication.topic(), publication.key(), publication.value());
        }
    }
}
