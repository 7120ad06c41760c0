package dev.migrator.manifests;

import dev.migrator.core.environment.TargetConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of each server that an address names, written in one way: {@code HTTPS://Registry.example/apis/} and
 * {@code registry.example:443} are one. Names are not looked up: two names of one machine stay two.
 */
final class Servers {
    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://");
    private static final Pattern PORT = Pattern.compile(":0*([0-9]+)$");
    private static final Map<String, String> USUAL_PORTS =
            Map.of("http", "80", "https", "443", "postgresql", "5432", "postgres", "5432");
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]");

    private Servers() {}

    static SortedSet<String> of(TargetConfig target) {
        var servers = new TreeSet<String>();
        var scheme = "";
        for (var part : target.address().split(",")) {
            var text = part.strip();
            var named = SCHEME.matcher(text);
            if (named.find()) {
                scheme = named.group(1).toLowerCase(Locale.ROOT);
                text = text.substring(named.end());
            }
            servers.add(server(text.replaceFirst("[/?#].*$", ""), USUAL_PORTS.getOrDefault(scheme, "")));
        }
        servers.remove("");
        return servers;
    }

    private static String server(String authority, String usualPort) {
        var place = authority.substring(authority.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        Matcher given = PORT.matcher(place);
        var hasPort = given.find();
        var port = hasPort ? given.group(1) : usualPort;
        var host = (hasPort ? place.substring(0, given.start()) : place).replaceFirst("\\.$", "");
        var name = THIS_MACHINE.contains(host) ? "localhost" : host;
        return port.isEmpty() ? name : name + ":" + port;
    }
}
