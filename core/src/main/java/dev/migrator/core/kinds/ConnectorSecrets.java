package dev.migrator.core.kinds;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which settings of a connector hold secrets. A worker keeps and shows them as they were given, unless the value names a
 * place that the worker reads itself (a config provider): only such a value may be seen by everybody.
 */
public final class ConnectorSecrets {
    /** Stands for a value that is not shown. Never written to a worker. */
    public static final String HIDDEN = "(not shown: a secret in plain text)";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z0-9_.-]+:[^}]+}");
    private static final List<String> TELLING = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "credential",
            "private.key",
            "privatekey",
            "api.key",
            "apikey",
            "access.key",
            "account.key",
            "ssl.key",
            "keystore.key",
            "jaas.config",
            "user.info");
    /** What such words end with where they name something else: a place, a class, a number. */
    private static final Pattern HARMLESS = Pattern.compile(
            ".*(\\.(url|uri|class|type|location|path|file|provider|providers|name|id|ms|seconds|enable|enabled|converter"
                    + "|algorithm|format|header|field|fields|scope|issuer|audience)|tokenizer|tokens)");

    private static final Pattern PLAIN_IN_JAAS =
            Pattern.compile("(?i)(password|secret|token|key)\\s*=\\s*(\"[^\"]+\"|[^\\s\";]+)");
    private static final Pattern PLAIN_IN_URL =
            Pattern.compile("(?i)(://[^/\\s:@]*:[^/\\s@]+@|[?&;](password|pwd|secret|token|apikey|api_key)=[^&;\\s]+)");

    private ConnectorSecrets() {}

    /** Whether the name is one of those that stand for secrets in connectors and Kafka clients. */
    public static boolean isSecretName(String setting) {
        var name = setting.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
        return TELLING.stream().anyMatch(name::contains)
                && !HARMLESS.matcher(name).matches();
    }

    /** Whether the value is a reference to what the worker reads itself, e.g. <code>${file:/secrets/db:password}</code>. */
    public static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    /** Whether the value of that setting would give a secret away. */
    public static boolean givesAway(String setting, String value) {
        return givesAway(setting, value, false);
    }

    /** @param declared whether the connector itself says that the setting is a secret */
    public static boolean givesAway(String setting, String value, boolean declared) {
        if (value.isBlank() || isReference(value)) {
            return false;
        }
        var rest = REFERENCE.matcher(value).replaceAll("");
        if (PLAIN_IN_URL.matcher(rest).find()) {
            return true;
        }
        if (setting.toLowerCase(Locale.ROOT).endsWith("jaas.config")) {
            return PLAIN_IN_JAAS.matcher(rest).find();
        }
        return declared || isSecretName(setting);
    }
}
