package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.httpclient.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What workers last said of a connector and its tasks.
 *
 * @param connector e.g. {@code RUNNING}, {@code UNASSIGNED}
 * @param trace of the connector, if it failed
 */
record Status(String connector, Optional<String> trace, List<Task> tasks) {
    private static final String FAILED = "FAILED";

    /** @param trace if it failed */
    record Task(String id, String state, Optional<String> trace) {}

    Status {
        tasks = List.copyOf(tasks);
    }

    static Status from(Value.Obj status) {
        var connector = status.get("connector") instanceof Value.Obj fields ? fields : Value.object();
        var tasks = new ArrayList<Task>();
        if (status.get("tasks") instanceof Value.Arr(var items)) {
            for (var item : items) {
                if (item instanceof Value.Obj task) {
                    tasks.add(new Task(
                            Json.number(task, "id").map(String::valueOf).orElse("?"),
                            Json.text(task, "state").orElse(""),
                            Json.text(task, "trace")));
                }
            }
        }
        return new Status(Json.text(connector, "state").orElse(""), Json.text(connector, "trace"), tasks);
    }

    /** Whether the connector itself is known to run, to be paused, to be stopped or to have failed. */
    boolean isDefinite() {
        return Run.of(connector).isPresent() || connector.equals(FAILED);
    }

    boolean hasFailed() {
        return connector.equals(FAILED)
                || tasks.stream().anyMatch(task -> task.state().equals(FAILED));
    }

    /** Whether the connector and all its tasks are as wanted; one that runs has tasks, as a rule. */
    boolean is(Run wanted) {
        return isOfItself(wanted)
                && tasks.stream().allMatch(task -> task.state().equals(wanted.name()))
                && (wanted != Run.STOPPED || tasks.isEmpty());
    }

    /** The same, of the connector without its tasks. One that failed cannot be stopped further than to have no tasks. */
    boolean isOfItself(Run wanted) {
        return connector.equals(wanted.name())
                || (wanted == Run.STOPPED && connector.equals(FAILED) && tasks.isEmpty());
    }

    /** What failed, with the first line of its trace. */
    String failure() {
        if (connector.equals(FAILED)) {
            return "the connector: " + firstLine(trace);
        }
        return tasks.stream()
                .filter(task -> task.state().equals(FAILED))
                .findFirst()
                .map(task -> "task " + task.id() + ": " + firstLine(task.trace()))
                .orElse("nothing");
    }

    private static String firstLine(Optional<String> trace) {
        return trace.flatMap(text -> text.lines().findFirst()).orElse("no reason given");
    }

    /** For messages: {@code RUNNING, tasks UNASSIGNED, RUNNING}. */
    String words() {
        return connector
                + (tasks.isEmpty()
                        ? ", no tasks"
                        : ", tasks "
                                + String.join(
                                        ", ", tasks.stream().map(Task::state).toList()));
    }
}
