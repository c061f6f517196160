# Mail::SPF as a service on standard input and output, one JSON value a line: see pyspf.py, which says the same for pyspf.

use strict;
use warnings;

my $now;
BEGIN { *CORE::GLOBAL::time = sub () { defined($now) ? $now : CORE::time() } }

use JSON::PP;
use Mail::SPF;
# Otherwise loaded when first needed, over what is replaced here.
use Mail::SPF::v1::Record;

$| = 1;
my $json = JSON::PP->new->utf8->canonical->allow_nonref;

sub say_json { print $json->encode($_[0]), "\n" }

package Asking;

# What Mail::SPF wants of a Net::DNS::Resolver, its answers and their records.

sub new { bless({ error => '' }, shift) }
sub errorstring { $_[0]{error} }

sub send {
    my ($self, $name, $type) = @_;
    main::say_json({ ask => [$name, $type] });
    my $answer = $json->decode(scalar(<STDIN>));
    my $status = $answer->{status};
    $self->{error} = $status eq 'timeout' ? 'query timed out' : '';
    return undef if $status eq 'timeout';
    my $rcode = $status eq 'server-failure' ? 'SERVFAIL' : $status eq 'refused' ? 'REFUSED' : $status eq 'no-name' ? 'NXDOMAIN' : 'NOERROR';
    my @records = map { Asking::Record->new($type, $_) } @{ $answer->{records} };
    return bless({ rcode => $rcode, records => \@records }, 'Asking::Packet');
}

package Asking::Packet;

sub header { $_[0] }
sub rcode { $_[0]{rcode} }
sub answer { @{ $_[0]{records} } }

package Asking::Record;

sub new { bless({ type => $_[1], data => $_[2] }, $_[0]) }
sub type { $_[0]{type} }
sub address { $_[0]{data} }
sub ptrdname { $_[0]{data} }
sub preference { $_[0]{data}{preference} }
sub exchange { $_[0]{data}{exchange} }
sub char_str_list { map { my $text = $_; utf8::encode($text); $text } @{ $_[0]{data} } }

package main;

# Repairs: differences from RFC 7208 that are put right for one request.

my %repairs;
our ($in_term, $term_is_void, $name_is_held) = (0, 0, 1);

# $name, as it is, is handed to the replacement, which calls it when the repair is not asked for.
sub replace {
    my ($name, $replacement) = @_;
    no strict 'refs';
    no warnings 'redefine';
    my $known = \&{$name};
    *{$name} = sub { $replacement->($known, @_) };
}

replace('Mail::SPF::Record::new_from_string', sub {
    my ($known, $self, $text, %options) = @_;
    $text =~ s/(%\{[a-z]\d*)R/$1r/gi if $repairs{'reverse-case'};
    my $record = $known->($self, $text, %options);
    throw Mail::SPF::EJunkInRecord('colon') if $repairs{'colon'} and $text =~ / [+~?-]?(?:(?:a|mx|ptr|all):(?:\/\d+)?(?:\/\/\d+)?(?: |$)|(?:a|mx|ptr|include|exists)\/(?!\/?\d+(?: |$)|\d+\/\/\d+(?: |$)))/i;
    throw Mail::SPF::EJunkInRecord('macro') if $repairs{'macro-letters'} and $text =~ /(?<!%)(?:%%)*%\{(?:[^slodipvh]|.0+[^\d])/i;
    return $record;
});

replace('Mail::SPF::MacroString::new', sub {
    my ($known, $self, %options) = @_;
    $options{text} =~ s/(%\{[a-z]\d*)R/$1r/gi if $repairs{'reverse-case'} and defined($options{text});
    return $known->($self, %options);
});

# RFC 8616 section 4.
sub matches_nothing {
    my ($spec) = @_;
    return $repairs{'non-ascii'} && ref($spec) && $spec->text =~ /%\{[sl]/i && $spec->{request}->localpart =~ /[^\x00-\x7f]/;
}

replace('Mail::SPF::Mech::Include::match', sub {
    my ($known, $self, $server, $request) = @_;
    return $known->($self, $server, $request) if not matches_nothing($self->domain($server, $request));
    $server->count_dns_interactive_term($request);
    return 0;
});

# Several labels, each of 1 to 63 octets.
sub is_held {
    my ($name) = @_;
    $name =~ s/\.$//;
    return $name =~ /\./ && $name !~ /^\.|\.\.|[^.]{64}/;
}

# A name that DNS can't hold is not looked up, and so not void.
replace('Mail::SPF::Server::dns_lookup', sub {
    my ($known, $self, $domain, $type) = @_;
    $name_is_held = 1;
    if ($repairs{'unheld-names'} and ref($domain)) {
        $name_is_held = is_held($domain->expand);
    }
    $name_is_held = 0 if matches_nothing($domain);
    return bless({ rcode => 'NOERROR', records => [] }, 'Asking::Packet') if not $name_is_held;
    return $known->($self, $domain, $type);
});

replace('Mail::SPF::Term::parse_domain_spec', sub {
    my ($known, $self, $required) = @_;
    my $text = $self->{parse_text};
    $known->($self, $required);
    return if not $repairs{'capital-macros'} or not defined($self->{domain_spec});
    my $written = substr($text, 0, length($text) - length($self->{parse_text}));
    $written =~ s/\.$//;
    $self->{domain_spec} = Mail::SPF::MacroString->new(text => $written);
});

# Nothing is looked up or counted for a redirect= that is not followed.
replace('Mail::SPF::Mod::Redirect::process', sub {
    my ($known, $self, $server, $request, $result) = @_;
    return if $repairs{'redirect-counted'} and not $result->isa('Mail::SPF::Result::NeutralByDefault');
    return $known->($self, $server, $request, $result);
});

replace('Mail::SPF::Mod::Exp::process', sub {
    my ($known, $self, @rest) = @_;
    local $in_term = 0;
    return $known->($self, @rest);
});

replace('Mail::SPF::Server::count_dns_interactive_term', sub {
    my ($known, @rest) = @_;
    ($in_term, $term_is_void) = (1, 0);
    return $known->(@rest);
});

replace('Mail::SPF::Server::count_void_dns_lookup', sub {
    my ($known, @rest) = @_;
    return if not $name_is_held;
    if ($repairs{'void-terms'}) {
        return if not $in_term or $term_is_void;
        $term_is_void = 1;
    }
    return $known->(@rest);
});

# Includes and redirects that lead to nothing are void as well.
replace('Mail::SPF::Server::select_record', sub {
    my ($known, $self, $request) = @_;
    return $known->($self, $request) if not $repairs{'void-terms'};
    my $packet = $self->dns_lookup($request->authority_domain, 'TXT');
    $self->count_void_dns_lookup($request) if not $packet->answer;
    return $known->($self, $request);
});

replace('Mail::SPF::Mech::MX::match', sub {
    my ($known, $self, $server, $request) = @_;
    return $known->($self, $server, $request) if not $repairs{'mx-order'};
    $server->count_dns_interactive_term($request);
    my @exchanges = sort { $a->preference <=> $b->preference } $server->dns_lookup($self->domain($server, $request), 'MX')->answer
        or $server->count_void_dns_lookup($request);
    throw Mail::SPF::EProcessingLimitExceeded('more than ten MX') if @exchanges > 10;
    foreach my $exchange (@exchanges) {
        return 1 if $exchange->exchange ne '' and $self->match_in_domain($server, $request, $exchange->exchange);
    }
    return 0;
});

# RFC 7208 section 5.5, and the choice of %{p} in section 7.3.
replace('Mail::SPF::Util::valid_domain_for_ip_address', sub {
    my ($known, $self, $server, $request, $ip, $domain, $find_best, $accept_any) = @_;
    if (ref($domain) and $domain->text !~ /%\{p/i) {
        return undef if matches_nothing($domain) or $repairs{'unheld-names'} and not is_held($domain->expand);
    }
    return $known->($self, $server, $request, $ip, $domain, $find_best, $accept_any) if not $repairs{'ptr'};
    my $pointers = eval { $server->dns_lookup($self->ip_address_reverse($ip), 'PTR') } or return undef;
    my @names = map { $_->ptrdname } $pointers->answer
        or $server->count_void_dns_lookup($request);
    my @validated;
    foreach my $name (@names > 10 ? @names[0 .. 9] : @names) {
        my $packet = eval { $server->dns_lookup($name, $ip->version == 4 ? 'A' : 'AAAA') } or next;
        my @addresses = map { NetAddr::IP->new($_->address) } $packet->answer
            or $server->count_void_dns_lookup($request);
        push(@validated, $name) if grep { $_ == $ip } @addresses;
    }
    my $target = ref($domain) ? $domain->expand : $domain;
    $target =~ s/\.$//;
    my ($same) = grep { lc($_) eq lc($target) } @validated;
    my ($below) = grep { /\.\Q$target\E$/i } @validated;
    return $same // $below // ($accept_any ? $validated[0] : undef);
});

replace('Mail::SPF::Mech::IP6::match', sub {
    my ($known, $self, $server, $request) = @_;
    return 0 if $repairs{'mapped'} and $request->ip_address->version == 4;
    return $known->($self, $server, $request);
});

# RFC 7208 section 7.3: delimiters alone split as well, and empty parts are parts.
replace('Mail::SPF::MacroString::expand', sub {
    my ($known, $self, @context) = @_;
    my $expanded = $known->($self, @context);
    return $expanded if not $repairs{'macro-parts'} or not defined($expanded);
    my @asked = @context ? @context : ($self->{server}, $self->{request});
    my $text = $self->{text};
    $text =~ s/%(?:\{([a-z])(\d*)(r?)([.\-+,\/_=]*)\}|([%_-]))/
        defined($5) ? { '%' => '%', '_' => ' ', '-' => '%20' }->{$5} : macro($known, \@asked, $1, $2, $3, $4)
    /gie;
    return $text;
});

sub macro {
    my ($known, $asked, $letter, $keep, $reversed, $delimiters) = @_;
    my $value = $known->(Mail::SPF::MacroString->new(text => '%{' . lc($letter) . '}', is_explanation => 1), @$asked);
    if ($keep ne '' or $reversed ne '' or $delimiters ne '') {
        $delimiters = '.' if $delimiters eq '';
        my @parts = split(/[\Q$delimiters\E]/, $value, -1);
        @parts = reverse(@parts) if $reversed ne '';
        splice(@parts, 0, @parts - $keep) if $keep ne '' and $keep < @parts;
        $value = join('.', @parts);
    }
    return $letter eq lc($letter) ? $value : URI::Escape::uri_escape($value, '^A-Za-z0-9\-._~');
}

my $EXPLAIN_STRING = qr/^(?:[ -\$&-~]|%[%_-]|%\{[slodipvhcrt](?:0*[1-9]\d*)?r?[.\-+,\/_=]*\})*$/i;
my $resolver = Asking->new;

sub answer {
    my ($request) = @_;
    $now = $request->{time};
    %repairs = map { $_ => 1 } @{ $request->{repairs} };
    $in_term = 0;
    my $identity = $request->{mailFrom} eq '' ? "postmaster\@$request->{helo}" : $request->{mailFrom};
    $identity =~ s/^@?([^@]*)$/postmaster\@$1/ if $repairs{'postmaster'};
    $identity =~ s/\.$// if $repairs{'final-dot'};
    my $server = Mail::SPF::Server->new(dns_resolver => $resolver, hostname => $request->{receiver}, default_authority_explanation => '');
    my $asked = Mail::SPF::Request->new(
        versions      => [1],
        scope         => 'mfrom',
        identity      => $identity,
        ip_address    => $request->{ip},
        helo_identity => $request->{helo},
    );
    my $result = $server->process($asked);
    $in_term = 0;
    my $explanation = $result->code eq 'fail' ? $result->authority_explanation . '' : '';
    my $text = $result->code eq 'fail' ? $result->request->state('authority_explanation') : undef;
    $explanation = '' if $repairs{'explain-string'} and defined($text) and $text->text !~ $EXPLAIN_STRING;
    $explanation = '' if matches_nothing($text) or $repairs{'non-ascii'} and $explanation =~ /[^\x00-\x7f]/;
    return { result => $result->code, explanation => $explanation eq '' ? undef : $explanation };
}

say_json({ version => "$Mail::SPF::VERSION" });
while (my $line = <STDIN>) {
    my $answer = eval { answer($json->decode($line)) };
    if (not defined($answer)) {
        my $error = ref($@) && $@->can('text') ? ref($@) . ': ' . $@->text : "$@";
        $answer = { result => 'crash', explanation => $error };
    }
    say_json($answer);
}
