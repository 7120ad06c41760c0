package dev.migrator.localstack;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The state of a stack as people and programs read it. */
final class StatusText {
    private StatusText() {}

    /**
     * One line for each part, and the last lines of those that crashed.
     *
     * @param address where a part is found
     * @param lastLines of a part's log
     */
    static String table(
            Map<String, PartState> states, Function<String, String> address, Function<String, List<String>> lastLines) {
        StringBuilder text = new StringBuilder();
        states.forEach((part, state) -> {
            text.append("%-20s %-12s %-8s %s%n".formatted(part, state.word(), pid(state), address.apply(part)));
            if (state instanceof PartState.Crashed) {
                lastLines
                        .apply(part)
                        .forEach(line -> text.append("    ").append(line).append("\n"));
            }
        });
        return text.toString();
    }

    /** An array of objects with part, state, pid (absent when there is no process) and address. */
    static String json(Map<String, PartState> states, Function<String, String> address) {
        if (states.isEmpty()) {
            return "[]";
        }
        return states.entrySet().stream()
                .map(e -> "{\"part\": \"%s\", \"state\": \"%s\"%s, \"address\": \"%s\"}"
                        .formatted(
                                e.getKey(),
                                e.getValue().word(),
                                e.getValue() instanceof PartState.Running(long pid) ? ", \"pid\": " + pid : "",
                                address.apply(e.getKey())))
                .collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
    }

    private static String pid(PartState state) {
        return switch (state) {
            case PartState.Running(long pid) -> String.valueOf(pid);
            case PartState.Crashed(long pid) -> "(" + pid + ")";
            case PartState.NeverStarted _, PartState.Stopped _ -> "-";
        };
    }
}
