package dev.migrator.deploy;

import dev.migrator.kit.config.MigratorConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The environment variables that our services understand, read from their configuration itself. */
final class Settings {
    private static final Set<String> OF_THE_PLATFORM =
            Set.of("QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT", "JAVA_TOOL_OPTIONS", "LANG");

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
        return names;
    }

    private static void collect(Class<?> mapping, String prefix, Map<String, Boolean> names) {
        for (Method method : mapping.getMethods()) {
            var property = prefix + "." + kebab(method.getName());
            if (method.getReturnType().getEnclosingClass() == MigratorConfig.class) {
                collect(method.getReturnType(), property, names);
            } else {
                boolean required =
                        method.getReturnType() != Optional.class && method.getAnnotation(WithDefault.class) == null;
                names.put(property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), required);
            }
        }
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
