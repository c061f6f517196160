/** Signs beside words, each drawn once on a sheet that every page has (`IconSheet`), and pointed at from there. What they mean is always said in words too. */

export interface IconProps {
  /** Size and colour: it is drawn in the colour of the text. */
  className?: string;
  "aria-hidden"?: boolean;
}

export type IconComponent = (props: IconProps) => React.JSX.Element;

function icon(name: string): IconComponent {
  return function Icon({ className = "" }: IconProps) {
    return (
      <svg aria-hidden className={`icon ${className}`}>
        <use href={`#${iconId(name)}`} />
      </svg>
    );
  };
}

export function iconId(name: string): string {
  return `icon-${name}`;
}

export const ArrowRight = icon("ArrowRight");
export const BadgeCheck = icon("BadgeCheck");
export const Bell = icon("Bell");
export const BellOff = icon("BellOff");
export const BellRing = icon("BellRing");
export const Braces = icon("Braces");
export const Check = icon("Check");
export const ChevronDown = icon("ChevronDown");
export const ChevronRight = icon("ChevronRight");
export const Circle = icon("Circle");
export const CircleAlert = icon("CircleAlert");
export const CircleCheck = icon("CircleCheck");
export const CircleDashed = icon("CircleDashed");
export const CircleDot = icon("CircleDot");
export const CircleHelp = icon("CircleHelp");
export const CircleMinus = icon("CircleMinus");
export const CircleX = icon("CircleX");
export const Copy = icon("Copy");
export const ExternalLink = icon("ExternalLink");
export const FlaskConical = icon("FlaskConical");
export const History = icon("History");
export const Info = icon("Info");
export const Link = icon("Link");
export const LoaderCircle = icon("LoaderCircle");
export const MailCheck = icon("MailCheck");
export const Minus = icon("Minus");
export const Printer = icon("Printer");
export const RotateCw = icon("RotateCw");
export const Save = icon("Save");
export const Trash2 = icon("Trash2");
export const TriangleAlert = icon("TriangleAlert");
export const UserRound = icon("UserRound");
export const X = icon("X");
