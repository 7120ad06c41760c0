package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A run's status as JSON, the form in which the HTTP API answers and the command line prints it. */
public final class FleetStatusJson {
    private FleetStatusJson() {}

    public static Value.Obj toValue(FleetStatus status) {
        return Value.object(
                "id", Value.of(status.id().value()),
                "fleet", Value.of(status.fleet()),
                "sequence", Value.of(status.sequence()),
                "state", Value.of(status.state().name()),
                "ended", Value.of(status.ended()),
                "commit", Value.of(status.commit()),
                "requester", Value.of(status.requester()),
                "bundleDigest", Value.of(status.bundleDigest().toString()),
                "bundleUri", optional(status.bundleUri()),
                "selector", optional(status.selector()),
                "bake", Value.of(status.bake().toString()),
                "wave", Value.of(status.wave()),
                "waves", Value.of(status.waves()),
                "bakesUntil", optional(status.bakesUntil()),
                "environments",
                        Value.array(status.members().stream()
                                .map(FleetStatusJson::member)
                                .toList()),
                "stoppedBy", optional(status.stoppedBy()),
                "problems",
                        Value.array(status.problems().stream()
                                .map(StatusJson::problem)
                                .toList()),
                "reverts", Value.array(status.reverts().stream().map(Value::of).toList()),
                "updatedAt", Value.of(status.updatedAt().toString()));
    }

    /** @throws IllegalArgumentException or ClassCastException if the value is not a status */
    public static FleetStatus fromValue(Value value) {
        var status = (Value.Obj) value;
        return new FleetStatus(
                new FleetId(text(status, "id")),
                text(status, "fleet"),
                number(status, "sequence"),
                FleetState.valueOf(text(status, "state")),
                text(status, "commit"),
                text(status, "requester"),
                Digest.parse(text(status, "bundleDigest")),
                optionalText(status, "bundleUri"),
                optionalText(status, "selector").map(LabelSelector::parse),
                Grace.parse(text(status, "bake")),
                (int) number(status, "wave"),
                (int) number(status, "waves"),
                optionalText(status, "bakesUntil").map(Instant::parse),
                items(status, "environments", FleetStatusJson::memberOf),
                optionalText(status, "stoppedBy"),
                items(status, "problems", StatusJson::problemOf),
                Instant.parse(text(status, "updatedAt")));
    }

    private static Value member(FleetMember member) {
        return Value.object(
                "environment", Value.of(member.environment()),
                "wave", Value.of(member.wave()),
                "migrationId", Value.of(member.migration().value()),
                "state", optional(member.state()),
                "planDigest", optional(member.planDigest()),
                "waitsFor", Value.of(member.waitsFor()),
                "problem", member.problem().<Value>map(StatusJson::problem).orElse(Value.NULL),
                "since", optional(member.since()));
    }

    private static FleetMember memberOf(Value value) {
        var member = (Value.Obj) value;
        return new FleetMember(
                text(member, "environment"),
                (int) number(member, "wave"),
                new MigrationId(text(member, "migrationId")),
                optionalText(member, "state").map(MigrationState::valueOf),
                optionalText(member, "planDigest").map(Digest::parse),
                text(member, "waitsFor"),
                Optional.of(member.get("problem"))
                        .filter(problem -> !problem.isNull())
                        .map(StatusJson::problemOf),
                optionalText(member, "since").map(Instant::parse));
    }

    private static Value optional(Optional<?> any) {
        return Value.of(any.map(Object::toString).orElse(null));
    }

    private static Optional<String> optionalText(Value.Obj holder, String name) {
        return holder.get(name).isNull() ? Optional.empty() : Optional.of(text(holder, name));
    }

    private static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }

    private static long number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().longValueExact();
    }

    private static <T> List<T> items(Value.Obj holder, String name, Function<Value, T> read) {
        return ((Value.Arr) holder.get(name)).items().stream().map(read).toList();
    }
}
