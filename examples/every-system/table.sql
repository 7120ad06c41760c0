-- The structure of tables stays with the tool that a team has for it. This is what the example's rows go into.
CREATE TABLE refund_routes (
    country text NOT NULL,
    currency text NOT NULL,
    topic text NOT NULL,
    limits jsonb NOT NULL DEFAULT '{}',
    valid_from timestamptz,
    tags text[] NOT NULL DEFAULT '{}',
    changed_by text NOT NULL DEFAULT 'finance',
    PRIMARY KEY (country, currency)
);
