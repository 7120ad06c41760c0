package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom a Kafka client quota holds for. Its {@link #address()} names each part that is spoken of, in a fixed order:
 * {@code user=refund|client-id=batch}; a part without a name, {@code user-default}, is what holds for all who have none of
 * their own.
 *
 * @param user of an authenticated client, without {@code User:}
 * @param clientId as clients call themselves
 * @param ip where connections come from; stands alone
 */
public record QuotaEntity(Optional<Name> user, Optional<Name> clientId, Optional<Name> ip) {
    /** Beginning of the names that quotas in use by the migrator itself have: they prove that brokers show all writes. */
    public static final String RESERVED = "__migrator_settle_";

    private static final PercentCode CODE = new PercentCode("|");
    private static final String DEFAULT = "-default";
    private static final String USER = "user";
    private static final String CLIENT_ID = "client-id";
    private static final String IP = "ip";

    /** One that is named, or whoever has no quota of their own. */
    public sealed interface Name {
        record Of(String name) implements Name {}

        record Default() implements Name {}

        static Name of(String name) {
            return new Of(name);
        }
    }

    /** @throws ProblemException {@code QUO-ADDRESS} if Kafka has no quotas for that combination */
    public QuotaEntity {
        Objects.requireNonNull(user);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(ip);
        if (ip.isPresent() == (user.isPresent() || clientId.isPresent())) {
            throw malformed("", user.isEmpty() && ip.isEmpty() ? "nobody" : "an ip with a user or client id");
        }
    }

    public boolean isIp() {
        return ip.isPresent();
    }

    /** The user's own name, empty if all users are meant or none. */
    public Optional<String> userName() {
        return user.filter(Name.Of.class::isInstance).map(name -> ((Name.Of) name).name());
    }

    /** Whether the migrator itself uses it. */
    public boolean isReserved() {
        return userName().filter(name -> name.startsWith(RESERVED)).isPresent();
    }

    public String address() {
        return Stream.of(part(USER, user), part(CLIENT_ID, clientId), part(IP, ip))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("|"));
    }

    private static Optional<String> part(String type, Optional<Name> name) {
        return name.map(one -> switch (one) {
            case Name.Of(var text) -> type + "=" + CODE.encode(text);
            case Name.Default _ -> type + DEFAULT;
        });
    }

    /** @throws ProblemException {@code QUO-ADDRESS} if the text is not what {@link #address()} gives */
    public static QuotaEntity parse(String address) {
        var parts = List.of(address.split("\\|", -1));
        try {
            var read = new QuotaEntity(find(USER, parts), find(CLIENT_ID, parts), find(IP, parts));
            if (read.address().equals(address)) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(address, e.getMessage());
        }
        throw malformed(address, "other parts, or another order");
    }

    private static Optional<Name> find(String type, List<String> parts) {
        return parts.stream()
                .filter(part -> part.startsWith(type + "=") || part.equals(type + DEFAULT))
                .findFirst()
                .map(part -> part.equals(type + DEFAULT)
                        ? new Name.Default()
                        : Name.of(CODE.decode(part.substring(type.length() + 1))));
    }

    private static ProblemException malformed(String address, String found) {
        return new ProblemException(Problem.of("QUO-ADDRESS", "the text is not the address of a client quota")
                .about(address)
                .expected("user=NAME or user-default, client-id=NAME or client-id-default, both joined by |;"
                        + " or ip=ADDRESS or ip-default")
                .found(found));
    }
}
