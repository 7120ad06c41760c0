package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** People: they submit, approve, deny, and command whatever comes to their mind at any moment. */
final class PersonNode {
    private final World world;
    private final LifecycleNode lifecycle;
    private final Deque<MigrationId> toSubmit;
    private int requests;

    PersonNode(World world, LifecycleNode lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
        this.toSubmit = new ArrayDeque<>(world.wanted.keySet());
    }

    boolean hasToSubmit() {
        return !toSubmit.isEmpty();
    }

    /** How many migrations nobody has heard of yet. */
    int toSubmit() {
        return toSubmit.size();
    }

    void submit() {
        var id = toSubmit.poll();
        publishChange(id, "c0ffee");
        if (world.chance.oneIn(4)) {
            publishChange(id, "c0ffee");
        }
        if (world.chance.accident(10)) {
            publishChange(id, "another commit under the same id");
        }
    }

    private void publishChange(MigrationId id, String commit) {
        var intent = world.wanted.get(id).size() == 6 ? ChangeRequest.Intent.PLAN : ChangeRequest.Intent.APPLY;
        publish(
                "changes",
                new Fact.Requested(new ChangeRequest(
                        id,
                        World.ENVIRONMENT,
                        intent,
                        Digest.ofText("bundle of " + id),
                        Optional.empty(),
                        Optional.of(("bundle of " + id).getBytes(StandardCharsets.UTF_8)),
                        commit,
                        World.REQUESTER)));
    }

    /** Decides on what waits for a person, or interferes. */
    void act() {
        var live = lifecycle.statuses().values().stream()
                .filter(status -> !status.ended())
                .toList();
        if (!live.isEmpty()) {
            var status = world.chance.pick(live);
            if (status.state() == MigrationState.PAUSED && (world.chance.isCalm() || world.chance.oneIn(3))) {
                command(status, Command.RESUME);
            } else if (status.planDigest().isPresent() && isUnapproved(status)) {
                vote(status);
            } else if (world.chance.accident(6)) {
                command(
                        status,
                        world.chance.pick(List.of(
                                Command.PAUSE, Command.PAUSE, Command.CANCEL, Command.ROLL_BACK, Command.RESUME)));
            }
        }
        var held = new ArrayList<>(lifecycle.environment().holds().keySet());
        if (!held.isEmpty() && world.chance.accident(10)) {
            command(world.chance.pick(held), Command.RELEASE);
        }
    }

    private static boolean isUnapproved(MigrationStatus status) {
        return switch (status.state()) {
            case PLANNED, SNAPSHOTTED, AWAITING_APPROVAL -> true;
            default -> false;
        };
    }

    private void vote(MigrationStatus status) {
        var plan = status.planDigest().orElseThrow();
        int choice = world.chance.isCalm() ? 99 : world.chance.below(100);
        if (choice < 8) {
            approval(status.id(), plan, "carol", false);
        } else if (choice < 14) {
            approval(status.id(), plan, "Alice ", true);
        } else if (choice < 20) {
            approval(status.id(), Digest.ofText("another plan"), "bob", true);
        } else if (choice > 40) {
            approval(status.id(), plan, world.chance.oneIn(2) ? "bob" : "erin", true);
        }
    }

    private void approval(MigrationId id, Digest plan, String approver, boolean granted) {
        if (granted && World.APPROVERS.containsKey(approver)) {
            world.oracle.granted(id, plan, approver);
        }
        var groups = World.APPROVERS.getOrDefault(approver, List.of());
        publish("approvals", new Fact.Approval(id, plan, approver, granted, "looked at it", groups));
    }

    private void command(MigrationStatus status, Command command) {
        command(status.id(), command);
    }

    private void command(MigrationId id, Command command) {
        world.trace(() -> "a person commands " + command + " of " + id);
        publish("commands", new Fact.Commanded(id, "r-" + requests++, command, "dave", "because"));
    }

    private void publish(String topic, Fact fact) {
        world.broker.publish(topic, World.ENVIRONMENT, fact);
    }
}
