/** The drawings that the page's icons point at. Drawn by the server alone: what runs in the browser only points. */

import { ArrowRight, BadgeCheck, Bell, BellOff, BellRing, Braces, Check, ChevronDown, ChevronRight, Circle, CircleAlert, CircleCheck, CircleDashed, CircleDot, CircleHelp, CircleMinus, CircleX, Copy, ExternalLink, FlaskConical, History, Info, Link, LoaderCircle, MailCheck, Minus, Printer, RotateCw, Save, Trash2, TriangleAlert, UserRound, X } from "lucide";
import { createElement } from "react";
import { iconId } from "./icons.tsx";

const DRAWINGS = { ArrowRight, BadgeCheck, Bell, BellOff, BellRing, Braces, Check, ChevronDown, ChevronRight, Circle, CircleAlert, CircleCheck, CircleDashed, CircleDot, CircleHelp, CircleMinus, CircleX, Copy, ExternalLink, FlaskConical, History, Info, Link, LoaderCircle, MailCheck, Minus, Printer, RotateCw, Save, Trash2, TriangleAlert, UserRound, X };

export function IconSheet() {
  return (
    <svg aria-hidden width="0" height="0" className="absolute">
      {Object.entries(DRAWINGS).map(([name, parts]) => (
        <symbol key={name} id={iconId(name)} viewBox="0 0 24 24">
          {parts.map(([tag, attributes], index) => createElement(tag, { key: index, ...attributes }))}
        </symbol>
      ))}
    </svg>
  );
}
