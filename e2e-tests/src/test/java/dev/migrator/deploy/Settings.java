package dev.migrator.deploy;

import dev.migrator.kit.config.MigratorConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment variables that our services understand, read from their configuration itself: the shared and their own. */
final class Settings {
    private static final Set<String> OF_THE_PLATFORM =
            Set.of("QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT", "JAVA_TOOL_OPTIONS", "LANG");

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.-]+)\"\\)");
    /** Each of a service's own settings has a default. */
    private static final Pattern SETTING = Pattern.compile("(?m)^    \\S+ ([a-zA-Z]+)\\(\\);$");

    private static final Map<String, Boolean> REQUIRED_BY_NAME = read();

    private Settings() {}

    /** What is wrong with these variables, given to one of the services. */
    static List<String> problems(Map<String, String> environment) {
        var problems = new ArrayList<String>();
        environment.keySet().stream()
                .filter(name -> !OF_THE_PLATFORM.contains(name) && !REQUIRED_BY_NAME.containsKey(name))
                .forEach(name -> problems.add(name + " is no configuration of the services"));
        REQUIRED_BY_NAME.forEach((name, required) -> {
            if (required && !environment.containsKey(name)) {
                problems.add(name + " is needed and not set");
            }
        });
        return problems;
    }

    static Set<String> names() {
        return REQUIRED_BY_NAME.keySet();
    }

    private static Map<String, Boolean> read() {
        var names = new TreeMap<String, Boolean>();
        collect(
                MigratorConfig.class,
                MigratorConfig.class.getAnnotation(ConfigMapping.class).prefix(),
                names);
        try (var folders = Files.newDirectoryStream(Path.of(".."), "*-service")) {
            for (Path service : folders) {
                own(service.resolve("src/main/java"), names);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** The services are no dependencies of these tests, so their sources are read. */
    private static void own(Path sources, Map<String, Boolean> names) throws IOException {
        try (var files = Files.walk(sources)) {
            for (Path file : files.filter(file -> file.toString().endsWith("Config.java"))
                    .toList()) {
                var text = Files.readString(file);
                var prefix = PREFIX.matcher(text);
                if (prefix.find()) {
                    SETTING.matcher(text)
                            .results()
                            .forEach(found -> names.put(variable(prefix.group(1), found.group(1)), false));
                }
            }
        }
    }

    private static void collect(Class<?> mapping, String prefix, Map<String, Boolean> names) {
        for (Method method : mapping.getMethods()) {
            var property = prefix + "." + kebab(method.getName());
            if (method.getReturnType().getEnclosingClass() == MigratorConfig.class) {
                collect(method.getReturnType(), property, names);
            } else {
                boolean required =
                        method.getReturnType() != Optional.class && method.getAnnotation(WithDefault.class) == null;
                names.put(variable(property), required);
            }
        }
    }

    private static String variable(String prefix, String setting) {
        return variable(prefix + "." + kebab(setting));
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
