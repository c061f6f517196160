# Mail::DKIM as a service on standard input and output, one JSON value a line: see opendkim.py, which says the same for libopendkim.
# With {chain: true} the ARC sets are verified and {chain} is answered. Nothing is asked of the network.

use strict;
use warnings;

my $now;
BEGIN { *CORE::GLOBAL::time = sub () { defined($now) ? $now : CORE::time() } }

use JSON::PP;
use Mail::DKIM;
use Mail::DKIM::ARC::Verifier;
use Mail::DKIM::DNS;
use Mail::DKIM::Verifier;

$| = 1;
# It warns of numbers that are none, which the cases have.
$SIG{__WARN__} = sub { };
my $json = JSON::PP->new->ascii->canonical;
my %keys;

package Held;

sub new { bless({ text => $_[1] }, $_[0]) }
sub type { 'TXT' }
sub txtdata { $_[0]{text} }
sub char_str_list { $_[0]{text} }

package main;

{
    no warnings 'redefine';
    *Mail::DKIM::DNS::query = sub {
        my ($name, $type) = @_;
        my $held = $keys{ lc($name) };
        $@ = '';
        return defined($held) ? (Held->new($held)) : ();
    };
    *Mail::DKIM::DNS::query_async = sub {
        my ($name, $type, %callbacks) = @_;
        my $on_success = $callbacks{Callbacks}{Success} // sub { @_ };
        my @found = Mail::DKIM::DNS::query($name, $type);
        return sub { $on_success->(@found) };
    };
}

sub read_by {
    my ($verifier, $message) = @_;
    # It writes what it hashes as UTF-8.
    utf8::decode($message);
    $verifier->PRINT($message);
    $verifier->CLOSE;
    return $verifier;
}

print $json->encode({ version => "$Mail::DKIM::VERSION" }), "\n";
while (my $line = <STDIN>) {
    my $request = $json->decode($line);
    ($now, %keys) = ($request->{time}, %{ $request->{keys} });
    my $answer = eval {
        if ($request->{chain}) {
            my $verifier = read_by(Mail::DKIM::ARC::Verifier->new, $request->{message});
            return { chain => $verifier->result, detail => $verifier->result_detail };
        }
        my $verifier = read_by(Mail::DKIM::Verifier->new, $request->{message});
        return { signatures => [map { { result => $_->result eq 'pass' ? 'pass' : 'fail', error => $_->result_detail . '' } } $verifier->signatures] };
    };
    print $json->encode($answer // { crash => "$@" }), "\n";
}
