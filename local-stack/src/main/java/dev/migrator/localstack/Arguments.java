package dev.migrator.localstack;

import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import dev.migrator.localstack.server.PropertyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A command line of the local stack.
 *
 * @param words the command and what it is about
 * @param flags switches without a value
 * @param ports given ports by name
 * @param folder the stack's folder, if not the checkout's own
 * @param systems that each environment is to have, if given
 * @param output {@code text} or {@code json}
 */
record Arguments(
        List<String> words,
        Set<String> flags,
        Map<String, Integer> ports,
        Optional<Path> folder,
        Optional<Set<TargetSystem>> systems,
        String output) {
    /** Said before it was so by itself; it changes nothing. */
    private static final String REHEARSAL = "--rehearsal";

    private static final String NO_REHEARSAL = "--no-rehearsal";
    private static final Set<String> FLAGS = new TreeSet<>(Set.of("--keep-data", REHEARSAL, NO_REHEARSAL));
    private static final Set<String> HELP = Set.of("help", "--help", "-h");

    /** @throws LocalStackException {@code LST-INPUT} for an option that is unknown or lacks its value */
    static Arguments parse(List<String> args) {
        List<String> words = new ArrayList<>();
        Set<String> flags = new java.util.HashSet<>();
        Map<String, Integer> ports = new LinkedHashMap<>();
        Optional<Path> folder = Optional.empty();
        Optional<Set<TargetSystem>> systems = Optional.empty();
        String output = "text";
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String arg = rest.next();
            if (HELP.contains(arg)) {
                return new Arguments(List.of("help"), Set.of(), Map.of(), Optional.empty(), Optional.empty(), output);
            }
            switch (arg) {
                case "--port" -> port(value(arg, rest), ports);
                case "--ports" -> ports(Path.of(value(arg, rest)), ports);
                case "--folder" -> folder = Optional.of(Path.of(value(arg, rest)));
                case "--systems" -> systems = Optional.of(systems(value(arg, rest)));
                case "-o" -> output = oneOf("-o", value(arg, rest), "text", "json");
                default -> {
                    if (!arg.startsWith("-")) {
                        words.add(arg);
                    } else if (!flags.add(oneOf("option", arg, FLAGS.toArray(String[]::new)))) {
                        throw input("option " + arg, "once", "twice");
                    }
                }
            }
        }
        if (words.isEmpty()) {
            throw input("the command", "one", "none");
        }
        if (flags.containsAll(Set.of(REHEARSAL, NO_REHEARSAL))) {
            throw input("option " + NO_REHEARSAL, "one of the two, or none", "both");
        }
        return new Arguments(List.copyOf(words), Set.copyOf(flags), Map.copyOf(ports), folder, systems, output);
    }

    String command() {
        return words.getFirst();
    }

    /** The part that the command is about. */
    String part() {
        if (words.size() != 2) {
            throw input(command(), "one part's name", words.size() == 1 ? "none" : String.valueOf(words));
        }
        return words.get(1);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    boolean json() {
        return output.equals("json");
    }

    Options options() {
        Home home = Home.find();
        Options options = Options.in(home, folder.orElse(home.root().resolve(".local-stack")))
                .withPorts(ports);
        Options rehearsing = has(NO_REHEARSAL) ? options : options.withRehearsal();
        return systems.map(rehearsing::withSystems).orElse(rehearsing);
    }

    private static Set<TargetSystem> systems(String list) {
        if (list.equals("none")) {
            return Set.of();
        }
        Set<TargetSystem> systems = EnumSet.noneOf(TargetSystem.class);
        for (String label : list.split(",", -1)) {
            String known = oneOf("--systems", label, TargetSystem.labels().toArray(String[]::new));
            systems.add(TargetSystem.valueOf(known.toUpperCase(Locale.ROOT)));
        }
        return systems;
    }

    private static void ports(Path file, Map<String, Integer> ports) {
        if (!Files.isReadable(file)) {
            throw input("--ports " + file, "a readable file", "none");
        }
        PropertyText.read(file).forEach((name, port) -> port(name + "=" + port, ports));
    }

    private static void port(String text, Map<String, Integer> ports) {
        int equals = text.indexOf('=');
        try {
            ports.put(
                    text.substring(0, Math.max(0, equals)),
                    Integer.parseInt(text.substring(equals + 1).strip()));
        } catch (NumberFormatException _) {
            throw input("--port " + text, "NAME=PORT", text);
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw input(option, "a value", "none");
        }
        return rest.next();
    }

    private static String oneOf(String thing, String found, String... allowed) {
        if (!List.of(allowed).contains(found)) {
            throw input(thing, String.join(" or ", allowed), found);
        }
        return found;
    }

    private static LocalStackException input(String thing, String expected, String found) {
        return new LocalStackException(Code.LST_INPUT, thing, expected, found, "see migrator stack --help");
    }
}
